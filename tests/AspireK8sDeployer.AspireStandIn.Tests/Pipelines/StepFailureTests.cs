using Aspire.Hosting;

namespace AspireK8sDeployer.AspireStandIn.Tests.Pipelines;

public sealed class StepFailureTests
{
    [Fact]
    public async Task AFailedStep_StopsOnlyWhatDependsOnIt()
    {
        await using var pipeline = new PipelineRunner("--step", "end");
        pipeline.Add("end");
        pipeline.Add("fails", before: "after-failed", action: _ => throw new DistributedApplicationException("no"));
        pipeline.Add("after-failed", before: "end");
        pipeline.Add("works", before: "after-works");
        pipeline.Add("after-works", before: "end");

        await Assert.ThrowsAsync<DistributedApplicationException>(pipeline.RunAsync);

        Assert.Equal(["works", "after-works"], pipeline.Ended);
    }

    [Fact]
    public async Task WhatIsWrittenForTheUser_IsShownAsItIs()
    {
        await using var pipeline = new PipelineRunner("--step", "fails");
        pipeline.Add("fails", action: _ => throw new DistributedApplicationException("K8SD401: it broke\n  → mend it"));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(pipeline.RunAsync);

        Assert.Equal("K8SD401: it broke\n  → mend it", failure.Message);
    }

    [Fact]
    public async Task AnyOtherFailure_NamesItsStep()
    {
        await using var pipeline = new PipelineRunner("--step", "fails");
        pipeline.Add("fails", action: _ => throw new IOException("disk full"));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal("Step 'fails' failed: disk full", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task SeveralFailures_AreReportedTogether()
    {
        await using var pipeline = new PipelineRunner("--step", "end");
        pipeline.Add("end");
        pipeline.Add("one", before: "end", action: _ => throw new DistributedApplicationException("first"));
        pipeline.Add("two", before: "end", action: _ => throw new DistributedApplicationException("second"));

        var failure = await Assert.ThrowsAsync<AggregateException>(pipeline.RunAsync);

        Assert.Equal(["first", "second"], failure.InnerExceptions.Select(e => e.Message).Order());
    }
}
