using System.Diagnostics;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.Extensions.Logging;
using Polly;

namespace AspireK8sDeployer.Serving.Tests.Running;

public class StepTests
{
    private static readonly StepOptions ThreeTries = new() { Retries = 2, RetryDelay = TimeSpan.Zero };

    [Fact]
    public async Task ParallelSteps_RunAtTheSameTime()
    {
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
        {
            var first = new TaskCompletionSource();
            var second = new TaskCompletionSource();

            // Each waits for the other, so one after the other would never end.
            await Task.WhenAll(
                run.StepAsync("first", async token =>
                {
                    first.SetResult();
                    await second.Task.WaitAsync(token);
                }),
                run.StepAsync("second", async token =>
                {
                    second.SetResult();
                    await first.Task.WaitAsync(token);
                }));
            return "met";
        });

        var answer = await pipeline.PostAsync("""{"timeout":10}""");

        Assert.Equal("""{"output":"met"}""", answer.Outputs);
    }

    [Fact]
    public async Task EachStep_IsLogged_WithItsRun()
    {
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run, ILogger<StepTests> logger) =>
            await run.StepAsync("outer", async _ =>
            {
                logger.Log(LogLevel.Information, default, "from inside", null, (text, _) => text);
                return await run.StepAsync("inner", () => Task.FromResult(1));
            }));

        var answer = await pipeline.PostAsync("{}");

        var steps = pipeline.Log.Entries
            .Where(entry => entry.Scope.ContainsKey("Step"))
            .Select(entry => (entry.Message.Split(" of run")[0], entry.Scope["Step"], entry.Scope["StepId"], entry.Scope["RunId"]));
        Assert.Equal(
            [
                ("from inside", "outer", 1, answer.RunId),
                ("Step inner (2)", "inner", 2, answer.RunId),
                ("Step outer (1)", "outer", 1, answer.RunId),
            ],
            steps);
    }

    [Fact]
    public async Task FailingStep_IsTriedAgain_AsOftenAsAsked()
    {
        var tries = 0;
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("flaky", () => ++tries < 3 ? throw new IOException("not yet") : Task.FromResult(tries), ThreeTries));

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal("""{"output":3}""", answer.Outputs);
        Assert.Equal(
            ["Step flaky (1) of run # failed and is tried again in 0 ms, retry 1", "Step flaky (1) of run # failed and is tried again in 0 ms, retry 2"],
            Warnings(pipeline, answer));
    }

    [Fact]
    public async Task StepThatGoesOnFailing_FailsTheRun_AndIsNamed()
    {
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("broken", Task () => throw new IOException("secret detail"), ThreeTries));

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal((500, $"step 'broken' failed; the log of run {answer.RunId} says why"), (answer.Status, answer.Error));
        Assert.Single(pipeline.Log.Entries, entry => entry is { Level: LogLevel.Error, Exception: IOException });
    }

    [Fact]
    public async Task FailureForTheCaller_IsNotTriedAgain_AndIsShown()
    {
        var tries = 0;
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("look up", Task () => throw new PipelineFailedException($"there is no such city ({++tries})"), ThreeTries));

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal((500, "there is no such city (1)"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task RetryOn_DecidesWhatIsTriedAgain()
    {
        var tries = 0;
        var options = new StepOptions { Retries = 5, RetryDelay = TimeSpan.Zero, RetryOn = exception => exception is IOException };
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("picky", Task () => ++tries < 3 ? throw new IOException() : throw new FormatException(), options));

        await pipeline.PostAsync("{}");

        Assert.Equal(3, tries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StepThatTakesTooLong_IsTimedOut_WhetherItLooksAtItsTokenOrNot(bool looks)
    {
        var options = new StepOptions { Timeout = TimeSpan.FromMilliseconds(20) };
        var never = new TaskCompletionSource<int>();
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) => looks
            ? await run.StepAsync("slow", token => never.Task.WaitAsync(token), options)
            : await run.StepAsync("slow", () => never.Task, options));

        var answer = await pipeline.PostAsync("""{"timeout":60}""");

        Assert.Equal((500, "step 'slow' did not finish within 0.02 s"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task OfParallelSteps_TheOneWhoseFailureEndsTheRun_IsNamed()
    {
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
        {
            var first = run.StepAsync("first", async () => await Task.FromException(new IOException()));
            var second = run.StepAsync("second", async () => await Task.FromException(new FormatException()));
            await Task.WhenAll(first, second);
        });

        var answer = await pipeline.PostAsync("{}");

        Assert.StartsWith("step 'first' failed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnStrategies_TakeThePlaceOfTheOthers()
    {
        var tries = 0;
        var options = new StepOptions
        {
            Strategies = new ResiliencePipelineBuilder().AddRetry(new() { MaxRetryAttempts = 4, Delay = TimeSpan.Zero }).Build(),
        };
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("own", Task () => ++tries > 0 ? throw new PipelineFailedException("no") : Task.CompletedTask, options));

        await pipeline.PostAsync("{}");

        Assert.Equal(5, tries);
    }

    [Fact]
    public async Task RunsAndSteps_AreTraced()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AspireK8sDeployer.Serving",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended)
                {
                    ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
            await run.StepAsync("traced", () => Task.FromResult(1)));

        var answer = await pipeline.PostAsync("{}");

        lock (ended)
        {
            var spans = ended.Where(activity => Equals(activity.GetTagItem("pipeline.run.id"), answer.RunId)).ToList();
            Assert.Equal(["step traced", "run tested"], spans.Select(span => span.OperationName));
            Assert.Equal(spans[1].SpanId, spans[0].ParentSpanId);
        }
    }

    [Fact]
    public void ImpossibleOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepOptions { Retries = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepOptions { RetryDelay = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepOptions { Timeout = TimeSpan.Zero });
    }

    private static IEnumerable<string> Warnings(ServedPipeline pipeline, Answer answer) => pipeline.Log.Entries
        .Where(entry => entry.Level == LogLevel.Warning)
        .Select(entry => entry.Message.Replace(answer.RunId!, "#", StringComparison.Ordinal));
}
