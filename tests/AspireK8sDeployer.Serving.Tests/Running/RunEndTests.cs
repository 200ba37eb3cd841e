using System.Net.Http.Headers;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Tests.Running;

public class RunEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Timeout_CancelsTheRun_AndAnswers504WithTheSameBody()
    {
        var cancelled = new TaskCompletionSource();
        await using var pipeline = await ServedPipeline.StartAsync(async (CancellationToken token, string name = "Ada") =>
        {
            using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        });

        var answer = await pipeline.PostAsync("""{"timeout":0.05}""");

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.Equal(
            (504, "application/json", false, null, "the run did not finish within its time-out of 0.05 s", """{"name":"Ada"}"""),
            (answer.Status, answer.ContentType, answer.Body!["success"]!.GetValue<bool>(), answer.Outputs, answer.Error, answer.ParametersUsed));
    }

    [Fact]
    public async Task DefaultTimeout_HoldsWhenTheCallerNamesNone()
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            (CancellationToken token) => Task.Delay(Timeout.Infinite, token),
            builder => builder.Services.Configure<PipelineOptions>(options => options.DefaultTimeout = TimeSpan.FromMilliseconds(20)));

        Assert.Equal(504, (await pipeline.PostAsync("{}")).Status);
    }

    [Fact]
    public async Task RunThatDoesNotLookAtItsToken_IsAnsweredForAllTheSame()
    {
        var never = new TaskCompletionSource();
        await using var pipeline = await ServedPipeline.StartAsync(async () => await never.Task);

        var answer = await pipeline.PostAsync("""{"timeout":0.01}""");

        Assert.Equal(504, answer.Status);
        Assert.Single(pipeline.Log.Entries, entry => entry.Message.Contains("goes on although it was cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CodeThatBlocks_IsAnsweredForAllTheSame()
    {
        using var never = new ManualResetEventSlim();
        await using var pipeline = await ServedPipeline.StartAsync(() => never.Wait(TimeSpan.FromSeconds(30)));

        var answer = await pipeline.PostAsync("""{"timeout":0.01}""");

        never.Set();
        Assert.Equal(504, answer.Status);
    }

    [Fact]
    public async Task CancellationOfItsOwn_IsAFailure_AndNoTimeout()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Task () => throw new OperationCanceledException("own"));

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal((500, $"the pipeline failed; the log of run {answer.RunId} says why"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task FailedRun_ShowsNothingOfItsInside()
    {
        await using var pipeline = await ServedPipeline.StartAsync(string (string name) => throw new InvalidOperationException("password=hunter2"));

        var answer = await pipeline.InvokeAsync("""{"name":"Ada"}""");

        var text = answer.Body!.ToJsonString();
        Assert.Equal((500, false), (answer.Status, answer.Body["success"]!.GetValue<bool>()));
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        var logged = Assert.Single(pipeline.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal(("password=hunter2", answer.RunId), (logged.Exception!.Message, logged.Scope["RunId"]));
    }

    [Fact]
    public async Task ResultThatCannotBeWritten_IsAFailureWithAWholeAnswer()
    {
        await using var pipeline = await ServedPipeline.StartAsync(() => new { text = new string('x', 100_000), number = double.NaN });

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal(
            (500, $"the result of the pipeline could not be written as JSON; the log of run {answer.RunId} says why"),
            (answer.Status, answer.Error));
    }

    [Fact]
    public async Task CallerThatGoesAway_CancelsTheRun()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
        {
            using var registration = run.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, run.CancellationToken);
        });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var content = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));

        var call = pipeline.Http.PostAsync(new Uri("/invoke", UriKind.Relative), content, leaving.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task ScopedServices_LiveAsLongAsTheRun()
    {
        var disposed = 0;
        await using var pipeline = await ServedPipeline.StartAsync(
            async (Scoped scoped, [FromKeyedServices("b")] string keyed, [FromServices] Missing? missing, TimeProvider time) =>
            {
                await Task.Yield();
                return new { scoped.IsDisposed, keyed, missing = missing is null };
            },
            builder =>
            {
                builder.Services.AddScoped(_ => new Scoped(() => disposed++));
                builder.Services.AddKeyedSingleton("b", "of key b");
            });

        var answer = await pipeline.PostAsync("{}");

        Assert.Equal(("""{"isDisposed":false,"keyed":"of key b","missing":true}""", 1), (answer.Outputs, disposed));
    }

    private sealed class Scoped(Action disposed) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            disposed();
        }
    }

    private sealed class Missing;
}
