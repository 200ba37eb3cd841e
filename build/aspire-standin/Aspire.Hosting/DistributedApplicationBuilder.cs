using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        var appHost = AppHostProject.Of(AppHostAssembly, options);
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ApplicationName = AppHostAssembly?.GetName().Name,
            ContentRootPath = appHost.Directory,
            EnvironmentName = HostArguments.EnvironmentName(options.Args),
        });

        AppHostDirectory = appHost.Directory;
        AppHostPath = appHost.Path;
        HostArguments.AddTo(_host.Configuration, options.Args, appHost);

        _contextOptions = new DistributedApplicationExecutionContextOptions(HostArguments.Operation(_host.Configuration));
        ExecutionContext = new DistributedApplicationExecutionContext(_contextOptions);

        var state = FileDeploymentState.For(appHost.Path, _host.Environment.EnvironmentName);
        if (ExecutionContext.IsPublishMode)
        {
            state.LoadInto(_host.Configuration);
        }

        HostServices.AddTo(_host, this, options, state);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public string AppHostPath { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public IDistributedApplicationPipeline Pipeline { get; } = new DistributedApplicationPipeline();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);

        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        var application = new DistributedApplication(_host.Build());
        _contextOptions.Services = application.Services;
        return application;
    }
}
