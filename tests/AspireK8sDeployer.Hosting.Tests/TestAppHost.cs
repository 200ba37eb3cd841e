using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.Hosting.Tests;

/// <summary>An AppHost in publish mode, as far as it goes before its steps run.</summary>
internal static class TestAppHost
{
    public static IDistributedApplicationBuilder Create(params string[] args) => DistributedApplication.CreateBuilder(
        new DistributedApplicationOptions { Args = ["--operation", "publish", "--step", "deploy", .. args], DisableDashboard = true });

    /// <summary>Builds it, and lets everything happen that Aspire does before the first step.</summary>
    public static async Task<(DistributedApplication App, DistributedApplicationModel Model)> StartAsync(this IDistributedApplicationBuilder builder)
    {
        var app = builder.Build();
        var model = app.Services.GetRequiredService<DistributedApplicationModel>();
        await builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, model), TestContext.Current.CancellationToken);
        return (app, model);
    }

    /// <summary>The settings of the only deployer, read as its steps do.</summary>
    public static async Task<DeployerSettings> ResolveAsync(this IDistributedApplicationBuilder builder, SettingsUse use = SettingsUse.Deploy)
    {
        var (app, model) = await builder.StartAsync();
        await using (app)
        {
            var deployer = model.Resources.OfType<KubernetesDeployerResource>().Single();
            return await new SettingsResolver("Test.AppHost", builder.ExecutionContext)
                .ResolveAsync(model, deployer, use, NullLogger.Instance, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The settings of a deployment "greeter" with a deployer "k8s" and this configuration.</summary>
    public static async Task<DeploymentSettings> ResolveGreeterAsync(
        Dictionary<string, string?> configuration,
        Action<IResourceBuilder<KubernetesDeployerResource>> deployer,
        Action<IResourceBuilder<ProjectResource>> deployment)
    {
        var builder = Create();
        builder.Configuration.AddInMemoryCollection(configuration);
        deployer(builder.AddKubernetesDeployer("k8s").WithKubeContext("c"));
        deployment(builder.AddPipelineDeployment<GreeterProject>("greeter"));

        var resolved = await builder.ResolveAsync();
        return resolved.Deployments.Single().Settings;
    }

    /// <summary>The steps of the model's resources.</summary>
    public static async Task<IReadOnlyList<PipelineStep>> StepsAsync(this IDistributedApplicationBuilder builder)
    {
        var (app, model) = await builder.StartAsync();
        await using (app)
        {
            var context = new PipelineContext(model, builder.ExecutionContext, app.Services, NullLogger.Instance, TestContext.Current.CancellationToken);
            var steps = new List<PipelineStep>();
            foreach (var resource in model.Resources)
            {
                foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>().ToList())
                {
                    steps.AddRange(await annotation.CreateStepsAsync(new PipelineStepFactoryContext { PipelineContext = context, Resource = resource }));
                }
            }

            return steps;
        }
    }

    public static string PathOf(string relative, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../..", relative));
}

/// <summary>What Aspire's SDK generates for a referenced project.</summary>
internal sealed class GreeterProject : IProjectMetadata
{
    public string ProjectPath => TestAppHost.PathOf("playground/Greeter.Pipeline/Greeter.Pipeline.csproj");
}

/// <summary>A cluster that is only described.</summary>
internal sealed class FakeClusterProvider : IClusterProvider
{
    private static readonly ProvidedCluster Cluster = new(
        "fake", "/fake/kubeconfig", "fake", new ProvidedRegistry("localhost:5000", "user", "password", "localhost:5000/empty:latest"));

    public string Description => "fake cluster";

    public Task<ProvidedCluster> EnsureRunningAsync(Microsoft.Extensions.Logging.ILogger logger, CancellationToken cancellationToken) =>
        Task.FromResult(Cluster);

    public Task<ProvidedCluster?> FindAsync(CancellationToken cancellationToken) => Task.FromResult<ProvidedCluster?>(Cluster);

    public Task<bool> StopIfEmptyAsync(Microsoft.Extensions.Logging.ILogger logger, CancellationToken cancellationToken) => Task.FromResult(true);
}
