using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

public class DrainTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunningInvocations_Finish_WhileNothingNewIsTaken()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var pipeline = await ServedPipeline.StartAsync(async (PipelineRun run) =>
        {
            started.TrySetResult();
            await finish.Task.WaitAsync(run.CancellationToken);
            return "finished";
        });
        var running = pipeline.PostAsync("{}");
        await started.Task.WaitAsync(Bound, Token);

        var stopping = pipeline.StopAsync();
        var health = await pipeline.GetAsync("/health");
        var live = await pipeline.GetAsync("/health/live");
        var refused = await pipeline.PostAsync("{}");
        finish.SetResult();
        var finished = await running;
        await stopping.WaitAsync(Bound, Token);

        Assert.Equal((503, """{"status":"draining"}"""), (health.Status, health.Body!.ToJsonString()));
        Assert.Equal(200, live.Status);
        Assert.Equal((503, "The pipeline is stopping. Try again."), (refused.Status, refused.Detail));
        Assert.Equal((200, """{"output":"finished"}"""), (finished.Status, finished.Outputs));
    }

    [Fact]
    public async Task WhileTheNewsSpreads_NewInvocationsAreTaken()
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            () => "taken", builder => builder.AddPipelines(options => options.DrainDelay = TimeSpan.FromSeconds(1)));

        var stopping = pipeline.StopAsync();
        var health = await pipeline.GetAsync("/health");
        var taken = await pipeline.PostAsync("{}");
        await stopping.WaitAsync(Bound, Token);

        Assert.Equal((503, 200), (health.Status, taken.Status));
    }

    [Fact]
    public async Task WhileTheNewsSpreads_EveryAnswerEndsItsConnection()
    {
        await using var pipeline = await ServedPipeline.StartAsync(
            () => "taken", builder => builder.AddPipelines(options => options.DrainDelay = TimeSpan.FromSeconds(1)));

        using var before = await pipeline.Http.GetAsync(new Uri("/health", UriKind.Relative), Token);
        var stopping = pipeline.StopAsync();
        using var after = await pipeline.Http.GetAsync(new Uri("/health", UriKind.Relative), Token);
        await stopping.WaitAsync(Bound, Token);

        Assert.Null(before.Headers.ConnectionClose);
        Assert.True(after.Headers.ConnectionClose);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunThatTakesLongerThanTheGracePeriod_IsCancelled_AndAnswered(bool looksAtItsToken)
    {
        var started = new TaskCompletionSource();
        await using var pipeline = await ServedPipeline.StartAsync(
            async (PipelineRun run) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, looksAtItsToken ? run.CancellationToken : CancellationToken.None);
            },
            builder => builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5)));
        var running = pipeline.PostAsync("{}");
        await started.Task.WaitAsync(Bound, Token);

        await pipeline.StopAsync().WaitAsync(Bound, Token);
        var answer = await running;

        Assert.Equal((503, "the pipeline was stopped before the run was done"), (answer.Status, answer.Error));
    }
}
