using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class StepGraphTests
{
    [Fact]
    public async Task TheStepsOfADeployerAndItsDeployments_AreInOrder()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment<GreeterProject>("greeter");
        builder.AddPipelineDeployment<GreeterProject>("other");

        var steps = await builder.StepsAsync();

        Assert.Equal(
            [
                "publish-k8s after publish-prereq before publish",
                "rbac-k8s after publish-prereq before ",
                "cluster-k8s after deploy-prereq before ",
                "preflight-k8s after cluster-k8s before ",
                "plan-k8s after preflight-k8s, image-greeter, image-other before ",
                "summary-k8s after preflight-k8s, deploy-greeter, deploy-other before deploy",
                "status-k8s after deploy-prereq before ",
                "destroy-k8s after destroy-prereq before destroy",
                "image-greeter after preflight-k8s before ",
                "deploy-greeter after image-greeter before deploy",
                "logs-greeter after deploy-prereq before ",
                "invoke-greeter after deploy-prereq before ",
                "rollback-greeter after deploy-prereq before ",
                "image-other after preflight-k8s before ",
                "deploy-other after image-other before deploy",
                "logs-other after deploy-prereq before ",
                "invoke-other after deploy-prereq before ",
                "rollback-other after deploy-prereq before ",
            ],
            steps.Select(Describe));
    }

    [Fact]
    public async Task TheStepsAreTheSame_HoweverOftenTheyAreMade()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment<GreeterProject>("greeter");
        var (app, model) = await builder.StartAsync();
        await using var _ = app;
        var context = new PipelineContext(
            model, builder.ExecutionContext, app.Services, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TestContext.Current.CancellationToken);

        var rounds = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            var steps = new List<PipelineStep>();
            foreach (var resource in model.Resources)
            {
                foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>())
                {
                    steps.AddRange(await annotation.CreateStepsAsync(new PipelineStepFactoryContext { PipelineContext = context, Resource = resource }));
                }
            }

            rounds.Add(string.Join("\n", steps.Select(Describe)));
        }

        Assert.Equal(rounds[0], rounds[1]);
    }

    [Fact]
    public async Task NoStepAsksForAContainerRuntime()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment<GreeterProject>("greeter");

        var steps = await builder.StepsAsync();

        Assert.DoesNotContain(steps, step => step.DependsOnSteps.Contains(WellKnownPipelineSteps.CheckContainerRuntime));
    }

    [Fact]
    public async Task AspiresOwnPush_FindsARegistryForThePipeline()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithAnnotation(new ClusterProviderAnnotation(new FakeClusterProvider()));
        builder.AddPipelineDeployment<GreeterProject>("greeter");

        var (app, model) = await builder.StartAsync();
        await using var _ = app;

        var target = model.Resources.OfType<ProjectResource>().Single().Annotations.OfType<DeploymentTargetAnnotation>().Single();
        Assert.Equal("localhost:5000", await target.ContainerRegistry!.Endpoint.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WithoutADeployer_ADeploymentOnlySaysSo()
    {
        var builder = TestAppHost.Create();
        builder.AddPipelineDeployment<GreeterProject>("greeter");

        var steps = await builder.StepsAsync();

        Assert.Equal(["binding-greeter after  before publish-prereq, deploy-prereq"], steps.Select(Describe));
    }

    [Fact]
    public async Task SeveralDeployers_LeaveADeploymentThatNamesNoneUnbound()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("test").WithKubeContext("c");
        var prod = builder.AddKubernetesDeployer("prod").WithKubeContext("c");
        builder.AddPipelineDeployment<GreeterProject>("unbound");
        builder.AddPipelineDeployment<GreeterProject>("bound").WithComputeEnvironment(prod);

        var steps = await builder.StepsAsync();

        Assert.Equal(
            [
                "summary-test after preflight-test before deploy",
                "summary-prod after preflight-prod, deploy-bound before deploy",
                "binding-unbound after  before publish-prereq, deploy-prereq",
                "image-bound after preflight-prod before ",
                "deploy-bound after image-bound before deploy", "logs-bound after deploy-prereq before ", "invoke-bound after deploy-prereq before ", "rollback-bound after deploy-prereq before ",
            ],
            steps.Where(step => step.Name.StartsWith("summary", StringComparison.Ordinal) || step.Name.EndsWith("bound", StringComparison.Ordinal)).Select(Describe));
    }

    private static string Describe(PipelineStep step) =>
        $"{step.Name} after {string.Join(", ", step.DependsOnSteps)} before {string.Join(", ", step.RequiredBySteps)}";
}
