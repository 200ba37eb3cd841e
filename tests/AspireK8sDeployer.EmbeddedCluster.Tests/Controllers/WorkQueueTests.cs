using AspireK8sDeployer.EmbeddedCluster.Controllers;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers;

public class WorkQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time);

    [Fact]
    public async Task KeyAddedTwice_HasOneTurn()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");

        Assert.Equal(["a", "b"], [await TakeAsync(), await TakeAsync()]);
    }

    [Fact]
    public async Task KeyAddedDuringItsTurn_HasAnotherOneAfterIt()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        var next = TakeAsync();

        Assert.False(next.IsCompleted);
        _queue.Done("a");
        Assert.Equal("a", await next);
    }

    [Fact]
    public async Task KeyForLater_WaitsForItsTime()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        var taken = TakeAsync();
        Assert.False(taken.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("a", await taken);
    }

    private Task<string> TakeAsync() => _queue.TakeAsync(TestContext.Current.CancellationToken);
}
