using System.Collections.Concurrent;
using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public sealed class StreamHubTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<HangingContent, string> _open = new();
    private readonly SkippingTime _time = new();
    private readonly FakeTransport _transport;
    private readonly RolloutStreams _streams;
    private HttpStatusCode? _refusal;

    public StreamHubTests()
    {
        _transport = new FakeTransport(Answer);
        _streams = new RolloutStreams(new ClusterObjects(new ApiClient(() => _transport, _time)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHundredDeploymentsOfANamespace_AreFollowedByFourStreams()
    {
        List<StreamSubscription> followers = [.. Enumerable.Range(0, 100).Select(number => _streams.Follow(Deployment($"d{number}")))];
        foreach (var follower in followers)
        {
            await NextAsync(follower, "Deployment");
        }

        await UntilAsync(() => _open.Count == 4);
        Assert.Equal(["deployments", "events", "pods", "replicasets"], _open.Values.Select(request => request.Split('?')[0].Split('/')[^1]).Order(StringComparer.Ordinal));
        // Four for the first one alone, four for all of the application.
        Assert.InRange(_transport.Requests.Count(request => request.Contains("watch=true", StringComparison.Ordinal)), 4, 8);

        followers.ForEach(follower => follower.Dispose());
        await UntilAsync(() => _open.IsEmpty);
    }

    [Fact]
    public async Task OneDeployment_IsAskedForAlone_AndASecondOneWidensTheStream()
    {
        using var first = _streams.Follow(Deployment("a"));
        await NextAsync(first, "Pod");
        using var second = _streams.Follow(Deployment("b"));
        await NextAsync(second, "Pod");

        var lists = _transport.Requests.Where(request => request.Contains("/pods?", StringComparison.Ordinal) && request.Contains("limit", StringComparison.Ordinal));
        Assert.Equal(["aspire-k8s.dev/deployment=a", "app.kubernetes.io/managed-by=aspire-k8s-deployer,app.kubernetes.io/part-of=App"], lists.Select(Selector));
    }

    [Fact]
    public async Task EachOne_SeesItsOwnObjects()
    {
        using var first = _streams.Follow(Deployment("a"));
        using var second = _streams.Follow(Deployment("b"));
        var pods = await OpenAsync("pods");
        await pods.WriteAsync(Pod("a-1", "a"));
        await pods.WriteAsync(Pod("b-1", "b"));

        Assert.Equal("b-1", await SetAsync(second));
        Assert.Equal("a-1", await SetAsync(first));
        using var late = _streams.Follow(Deployment("b"));
        Assert.Equal("b-1", Name(await NextAsync(late, "Pod")));
    }

    [Fact]
    public async Task AStreamThatCannotGoOn_TellsAllWhoFollow_AndWhoComesLaterBeginsAnew()
    {
        _refusal = HttpStatusCode.BadRequest;
        using var first = _streams.Follow(Deployment("a"));
        using var second = _streams.Follow(Deployment("b"));

        await Assert.ThrowsAsync<ApiFailure>(() => first.Changes.Completion.WaitAsync(Bound, Cancellation));
        await Assert.ThrowsAsync<ApiFailure>(() => second.Changes.Completion.WaitAsync(Bound, Cancellation));
        _refusal = null;
        using var third = _streams.Follow(Deployment("a"));
        Assert.Equal(StreamChange.Reset, (await NextAsync(third, "Pod")).Change);
    }

    public void Dispose() => _transport.Dispose();

    private static DeploymentIdentity Deployment(string name) => new("demo", name, "App");

    private HttpResponseMessage Answer(HttpRequestMessage request, int number)
    {
        if (_refusal is { } code)
        {
            return FakeTransport.Status(code, "Reason", "no");
        }

        if (!request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
        {
            return FakeTransport.Json(HttpStatusCode.OK, """{"metadata":{"resourceVersion":"10"},"items":[]}""");
        }

        HangingContent? content = null;
        content = new HangingContent(() => _open.TryRemove(content!, out _));
        _open[content] = request.RequestUri.PathAndQuery;
        return HangingContent.Answer(content);
    }

    // The stream of all of the application.
    private async Task<HangingContent> OpenAsync(string plural)
    {
        bool Is(string request) => request.Contains($"/{plural}?", StringComparison.Ordinal) && request.Contains("part-of", StringComparison.Ordinal);
        await UntilAsync(() => _open.Values.Any(Is));
        return _open.Single(item => Is(item.Value)).Key;
    }

    private static async Task<StreamEvent> NextAsync(StreamSubscription follower, string kind)
    {
        while (true)
        {
            var change = await follower.Changes.ReadAsync(Cancellation).AsTask().WaitAsync(Bound, Cancellation);
            if (change.Kind.Kind == kind)
            {
                return change;
            }
        }
    }

    private static async Task<string?> SetAsync(StreamSubscription follower)
    {
        while (true)
        {
            var change = await NextAsync(follower, "Pod");
            if (change.Change == StreamChange.Set)
            {
                return Name(change);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Bound);
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static string? Name(StreamEvent change) => (string?)Assert.Single(change.Objects)["metadata"]?["name"];

    private static string Selector(string request) => Uri.UnescapeDataString(request.Split("labelSelector=")[1].Split('&')[0]);

    private static string Pod(string name, string deployment) =>
        $$$"""{"type":"ADDED","object":{"metadata":{"resourceVersion":"12","labels":{"aspire-k8s.dev/deployment":"{{{deployment}}}"},"name":"{{{name}}}"} } }""";
}
