using Aspire.Hosting;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class DestroyStepTests
{
    [Fact]
    public async Task TheQuestion_NamesWhatIsNoLongerDeclared()
    {
        var builder = TestAppHost.Create();
        var deployer = builder.AddKubernetesDeployer("k8s").WithKubeContext("prod").WithNamespace("demo");
        builder.AddPipelineDeployment<GreeterProject>("greeter");
        var settings = await builder.ResolveAsync(SettingsUse.Destroy);

        Assert.Equal(
            "Remove demo/greeter, demo/old (no longer declared), stage/greeter (no longer declared, in a namespace that is no longer used) "
            + "from the cluster of context \"prod\"?",
            DestroyStep.QuestionOf(
                deployer.Resource, settings,
                new Orphans([new DeploymentIdentity("demo", "old", "Test.AppHost")], [new DeploymentIdentity("stage", "greeter", "Test.AppHost")], SearchedAll: true)));
    }

    [Fact]
    public async Task ADeployerOfNothing_LooksInItsOwnNamespace()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("prod").WithNamespace("demo");

        var settings = await builder.ResolveAsync(SettingsUse.Destroy);

        Assert.Equal((0, "demo"), (settings.Deployments.Count, Assert.Single(settings.Namespaces)));
    }
}
