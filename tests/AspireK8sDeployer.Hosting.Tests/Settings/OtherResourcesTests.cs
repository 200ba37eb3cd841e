using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

/// <summary>Pipelines that no project serves.</summary>
public class OtherResourcesTests
{
    [Fact]
    public async Task AnImage_IsDeployedAsItIsNamed_AndNotBuilt()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment("greeter", "registry.example.com/team/greeter:1.4").WithEnvironment("GREETING", "Hello");

        var settings = await SettingsOfAsync(builder);
        var steps = await builder.StepsAsync();

        Assert.Equal(("registry.example.com/team/greeter:1.4", false, "Hello"), (settings.Image, settings.ImageIsOurs, settings.Environment["GREETING"]));
        Assert.Equal(["preflight-k8s"], steps.Single(step => step.Name == "image-greeter").DependsOnSteps);
    }

    [Fact]
    public async Task CommandAndArguments_AreThoseOfAspire_UntilOursAreGiven()
    {
        var builder = TestAppHost.Create("--Parameters:level=debug");
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        var level = builder.AddParameter("level");
        var greeter = builder.AddPipelineDeployment("greeter", "greeter:1").WithEntrypoint("python").WithArgs("-m", "greeter", level);

        var aspires = await SettingsOfAsync(builder);
        greeter.WithContainerCommand(args: ["--level", level.Resource]);
        var ours = await SettingsOfAsync(builder);

        Assert.Equal("python -m greeter debug", string.Join(' ', [.. aspires.Command, .. aspires.Args]));
        Assert.Equal("python --level debug", string.Join(' ', [.. ours.Command, .. ours.Args]));
    }

    [Fact]
    public async Task AnyComputeResource_IsADeployment_Once()
    {
        var resolved = await AppHost().ResolveAsync();
        var steps = await AppHost().StepsAsync();

        Assert.Equal([("greeter", false, 2.0), ("project", true, 1.0)], resolved.Deployments.Select(deployment => (deployment.Settings.Name, deployment.Settings.ImageIsOurs, deployment.Settings.Resources.Cpu)));
        Assert.Equal(["image-greeter", "deploy-greeter", "logs-greeter", "invoke-greeter", "rollback-greeter"], steps.Select(step => step.Name).Where(name => name.EndsWith("greeter", StringComparison.Ordinal)));

        static IDistributedApplicationBuilder AppHost()
        {
            var builder = TestAppHost.Create();
            builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
            builder.AddContainer("greeter", "greeter", "1").AsPipelineDeployment().AsPipelineDeployment().WithResources(cpu: 2);
            builder.AddProject<GreeterProject>("project").AsPipelineDeployment();
            builder.AddContainer("other", "other", "1");
            return builder;
        }
    }

    [Fact]
    public async Task AnotherDeployment_ReachesAnImage_ByItsService()
    {
        var builder = TestAppHost.Create("--Parameters:port=9000");
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        var port = builder.AddParameter("port");
        var greeter = builder.AddPipelineDeployment("greeter", "greeter:1").WithService(s => s.Port = port.Resource);
        builder.AddPipelineDeployment<GreeterProject>("caller").WithEnvironment("GREETER", greeter.GetEndpoint("http"));

        var resolved = await builder.ResolveAsync();

        Assert.Equal("http://greeter.pipeline-deployments.svc:9000", resolved.Deployments[1].Settings.Environment["GREETER"]);
    }

    [Fact]
    public async Task AMountOfThisMachine_IsRefused()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment("greeter", "greeter:1").WithAnnotation(new ContainerMountAnnotation("models", "/models", ContainerMountType.Volume, isReadOnly: true));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => builder.ResolveAsync());

        Assert.Contains("greeter: Mount /models is of this machine, and not in a cluster\n", failure.Problem, StringComparison.Ordinal);
    }

    private static async Task<DeploymentSettings> SettingsOfAsync(IDistributedApplicationBuilder builder)
    {
        var model = new DistributedApplicationModel(builder.Resources);
        var deployer = model.Resources.OfType<KubernetesDeployerResource>().Single();
        foreach (var resource in model.Resources.OfType<ContainerResource>().Where(resource => resource.GetComputeEnvironment() is null))
        {
            builder.CreateResourceBuilder(resource).WithComputeEnvironment(builder.CreateResourceBuilder((IComputeEnvironmentResource)deployer));
        }

        var resolved = await new SettingsResolver("Test.AppHost", builder.ExecutionContext).ResolveAsync(
            model, deployer, SettingsUse.Deploy, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TestContext.Current.CancellationToken);
        return resolved.Deployments.Single().Settings;
    }
}
