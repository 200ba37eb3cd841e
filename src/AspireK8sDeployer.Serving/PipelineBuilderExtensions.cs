using AspireK8sDeployer.Serving;
using AspireK8sDeployer.Serving.Access;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Http;
using AspireK8sDeployer.Serving.Lifecycle;
using AspireK8sDeployer.Serving.Running;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds what pipelines need to an application.</summary>
public static class PipelineBuilderExtensions
{
    /// <summary>
    /// Lets the application serve pipelines. It listens on port 8000 when no address is configured, tells whether it is ready,
    /// and finishes what it runs before it stops.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Changes how pipelines are served.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// var builder = WebApplication.CreateBuilder(args);
    /// builder.AddPipelines();
    /// </code>
    /// </example>
    public static WebApplicationBuilder AddPipelines(this WebApplicationBuilder builder, Action<PipelineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        DefaultAddress.Apply(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(PipelineCatalog)))
        {
            return builder;
        }

        // First, so that they are there for any other configuration to change.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<PipelineOptions>, PipelineJson>());
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HostOptions>, GracePeriod>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DeploymentIdentity.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<PipelineCatalog>();
        services.AddSingleton<PipelineTelemetry>();
        services.AddSingleton<PipelineRunner>();
        services.AddSingleton<RunGate>();
        services.AddSingleton<RunLimit>();
        services.AddSingleton<AuthKeys>();
        services.AddSingleton<IPostConfigureOptions<PipelineOptions>, DeployedLimit>();
        services.AddSingleton<HealthEndpoints>();
        services.AddTransient<IStartupFilter, DrainFilter>();
        services.AddTransient<IStartupFilter, PathBaseFilter>();
        services.AddTransient<IStartupFilter, AuthFilter>();
        services.AddHostedService<DrainService>();
        services.AddHostedService<ServingAnnouncement>();
        return builder;
    }
}
