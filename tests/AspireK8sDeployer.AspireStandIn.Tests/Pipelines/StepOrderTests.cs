namespace AspireK8sDeployer.AspireStandIn.Tests.Pipelines;

public sealed class StepOrderTests
{
    [Fact]
    public async Task Steps_RunAfterWhatTheyDependOn_AndBeforeWhatRequiresThem()
    {
        await using var pipeline = new PipelineRunner("--step", "last");
        pipeline.Add("last", after: "middle");
        pipeline.Add("middle");
        pipeline.Add("first", before: "middle");
        pipeline.Add("unrelated");

        await pipeline.RunAsync();

        Assert.Equal(["first", "middle", "last"], pipeline.Ended);
    }

    [Fact]
    public async Task IndependentSteps_RunAtTheSameTime()
    {
        var left = new TaskCompletionSource();
        var right = new TaskCompletionSource();
        await using var pipeline = new PipelineRunner("--step", "end");
        pipeline.Add("end");
        pipeline.Add("left", before: "end", action: context => MeetAsync(left, right, context.CancellationToken));
        pipeline.Add("right", before: "end", action: context => MeetAsync(right, left, context.CancellationToken));

        await pipeline.RunAsync();

        Assert.Equal(3, pipeline.Ended.Count);

        static Task MeetAsync(TaskCompletionSource mine, TaskCompletionSource other, CancellationToken cancellationToken)
        {
            mine.SetResult();
            return other.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    [Fact]
    public async Task WithoutAStep_EveryStepRuns()
    {
        await using var pipeline = new PipelineRunner();
        pipeline.Builder.Pipeline.AddPipelineConfiguration(context =>
        {
            // It needs Docker or Podman, which is not what is tried here.
            foreach (var dependent in context.Steps)
            {
                dependent.DependsOnSteps.Clear();
            }

            return Task.CompletedTask;
        });
        pipeline.Add("mine");
        pipeline.Add("destroy-mine", before: "destroy");

        await Record.ExceptionAsync(pipeline.RunAsync);

        Assert.Equal(["destroy-mine", "mine"], pipeline.Ended.Order());
    }

    [Fact]
    public async Task AStepThatDoesNotExist_IsAnErrorThatListsThem()
    {
        await using var pipeline = new PipelineRunner("--step", "deplyo");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal(
            "There is no step 'deplyo'. The steps are: before-start, build, build-prereq, check-container-runtime, deploy, deploy-prereq, destroy, "
            + "destroy-prereq, diagnostics, process-parameters, publish, publish-prereq, push, push-prereq, validate-compute-environments.",
            failure.Message);
    }

    [Fact]
    public async Task ACircle_IsAnErrorThatShowsIt()
    {
        await using var pipeline = new PipelineRunner("--step", "a");
        pipeline.Add("a", after: "b");
        pipeline.Add("b", after: "a");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal("Steps depend on one another in a circle: a → b → a.", failure.Message);
    }

    [Theory]
    [InlineData("nowhere", null, "The step 'mine' depends on 'nowhere', which does not exist.")]
    [InlineData(null, "nowhere", "The step 'mine' is required by 'nowhere', which does not exist.")]
    public async Task ARelationToAStepThatDoesNotExist_IsAnError(string? after, string? before, string message)
    {
        await using var pipeline = new PipelineRunner("--step", "mine");
        pipeline.Add("mine", after, before);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public async Task TheWellKnownVerbs_ComeAfterTheirPrerequisites_AndParametersBeforeThose()
    {
        await using var pipeline = new PipelineRunner("--step", "deploy");
        pipeline.Add("mine", after: "deploy-prereq", before: "deploy");
        pipeline.Add("after-parameters", after: "process-parameters", before: "deploy-prereq");

        await pipeline.RunAsync();

        Assert.Equal(["after-parameters", "mine"], pipeline.Ended);
    }
}
