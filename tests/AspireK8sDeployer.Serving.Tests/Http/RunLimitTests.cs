using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Builder;

namespace AspireK8sDeployer.Serving.Tests.Http;

public class RunLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeyondTheLimit_AsManyWait_AndFurtherOnesAreTurnedAway()
    {
        var work = new Work();
        await using var pipeline = await ServeAsync(work, "1");
        var running = pipeline.InvokeAsync("{}");
        await work.Begun.WaitAsync(Token);

        // One of these two waits, the other is turned away; which, is a matter of when they arrive.
        var both = new[] { SendAsync(pipeline), SendAsync(pipeline) };
        var refused = await await Task.WhenAny(both);

        Assert.Equal((429, "1"), refused);
        Assert.Equal(1, work.Most);
        work.Release();
        Assert.Equal(200, (await running).Status);
        Assert.Equal([200, 429], (await Task.WhenAll(both)).Select(answer => answer.Status).Order());
        Assert.Equal(1, work.Most);
    }

    [Fact]
    public async Task ATurnedAwayInvocation_IsToldWhy()
    {
        var work = new Work();
        await using var pipeline = await ServedPipeline.StartAsync(work.RunAsync, builder => builder.AddPipelines(options => (options.MaxConcurrency, options.MaxQueued) = (1, 0)));
        var running = pipeline.InvokeAsync("{}");
        await work.Begun.WaitAsync(Token);

        var refused = await pipeline.InvokeAsync("{}");

        AssertJson.Equal(
            """{"type":"https://www.rfc-editor.org/rfc/rfc6585#section-4","title":"Too Many Requests","status":429,"detail":"The pipeline works on 1 invocations at a time, and 0 more wait. Try again."}""",
            refused.Body);
        work.Release();
        await running;
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task ALimitThatIsNone_IsRefusedAtStart(string limit)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ServeAsync(new Work(), limit));

        Assert.Equal($"PipelineDeployment__MaxConcurrency is '{limit}', which is not a number of invocations.\n  → give a whole number from 1, such as '10'", exception.Message);
    }

    private static Task<ServedPipeline> ServeAsync(Work work, string limit) => ServedPipeline.StartAsync(
        work.RunAsync, builder => builder.Configuration[$"{PipelineEnvironment.Section}:MaxConcurrency"] = limit);

    private static async Task<(int Status, string? RetryAfter)> SendAsync(ServedPipeline pipeline)
    {
        using var content = new StringContent("""{"parameters":{}}""", null, "application/json");
        using var answer = await pipeline.Http.PostAsync(new Uri("/invoke", UriKind.Relative), content, Token);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString());
    }

    /// <summary>A pipeline that goes on until it is let go, and knows how many of it there were at once.</summary>
    private sealed class Work
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _now;
        private int _most;

        public Task Begun => _begun.Task;

        public int Most => Volatile.Read(ref _most);

        public void Release() => _released.TrySetResult();

        public async Task<string> RunAsync(CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref _now);
            Interlocked.Exchange(ref _most, Math.Max(Volatile.Read(ref _most), now));
            _begun.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _now);
            return "done";
        }
    }
}
