using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;

namespace AspireK8sDeployer.AspireStandIn.Tests.Pipelines;

public sealed class ResourceStepTests
{
    [Fact]
    public async Task AProject_HasAStepThatBuildsItsImage_AndOneThatPushesIt()
    {
        await using var pipeline = new PipelineRunner("--step", "mine");
        pipeline.Add("mine");
        var web = pipeline.Builder.AddProject("web", "web.csproj");
        string[] found = [];
        pipeline.Builder.Pipeline.AddPipelineConfiguration(context =>
        {
            found =
            [
                .. context.GetSteps(web.Resource, WellKnownPipelineTags.BuildCompute).Select(Describe),
                .. context.GetSteps(web.Resource, WellKnownPipelineTags.PushContainerImage).Select(Describe),
            ];
            return Task.CompletedTask;
        });

        await pipeline.RunAsync();

        Assert.Equal(
            ["build-web after build-prereq,check-container-runtime before build", "push-web after build-web,push-prereq before push"], found);

        static string Describe(PipelineStep step) =>
            $"{step.Name} after {string.Join(',', step.DependsOnSteps)} before {string.Join(',', step.RequiredBySteps)}";
    }

    [Fact]
    public async Task StepsOfAResource_AreMadeAnew_ForEveryResolution()
    {
        var made = 0;
        var configured = 0;
        await using var pipeline = new PipelineRunner("--step", "mine");
        pipeline.Builder.AddResource(new Environment("k8s"))
            .WithPipelineStepFactory(_ =>
            {
                made++;
                return new PipelineStep { Name = "mine", Action = _ => Task.CompletedTask, RequiredBySteps = ["before-start"] };
            })
            .WithPipelineConfiguration(_ => configured++);

        await pipeline.RunAsync();
        await pipeline.RunAsync();

        Assert.Equal((2, 2), (made, configured));
    }

    [Fact]
    public async Task StartingTheApplication_RunsWhatBelongsBeforeIt_InRunModeToo()
    {
        var ran = false;
        var builder = DistributedApplication.CreateBuilder([]);
        builder.Pipeline.AddStep(
            "mine",
            _ =>
            {
                ran = true;
                return Task.CompletedTask;
            },
            requiredBy: WellKnownPipelineSteps.BeforeStart);

        await using var application = builder.Build();
        await application.StartAsync(TestContext.Current.CancellationToken);
        await application.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(ran);
    }

    [Fact]
    public async Task TheOnlyComputeEnvironment_GetsEveryComputeResource()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "before-start", "--clear-cache", "true"]);
        var environment = builder.AddResource(new Environment("k8s"));
        var web = builder.AddContainer("web", "nginx");

        await using var application = builder.Build();
        await application.StartAsync(TestContext.Current.CancellationToken);
        await application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Same(environment.Resource, web.Resource.GetComputeEnvironment());
    }

    [Fact]
    public async Task WithTwoComputeEnvironments_AResourceMustSayWhichIsItsOwn()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "before-start", "--clear-cache", "true"]);
        var first = builder.AddResource(new Environment("first"));
        builder.AddResource(new Environment("second"));
        builder.AddContainer("bound", "nginx").WithComputeEnvironment(first);
        builder.AddContainer("unbound", "nginx");

        await using var application = builder.Build();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            "Step 'validate-compute-environments' failed: There are several compute environments ('first', 'second'), "
            + "and it is not said where to deploy 'unbound'. Say it with 'WithComputeEnvironment'.",
            failure.Message);
    }

    private sealed class Environment(string name) : Resource(name), IComputeEnvironmentResource;
}
