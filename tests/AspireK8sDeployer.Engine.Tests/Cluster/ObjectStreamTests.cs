using System.Net;
using System.Threading.Channels;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public class ObjectStreamTests
{
    private const string Added = """{"type":"ADDED","object":{"metadata":{"name":"b","resourceVersion":"12"}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AList_IsFollowedByAWatch_AndThatByAnotherFromWhereItEnded()
    {
        var (requests, told) = await FollowAsync(4, (_, number) => number switch
        {
            1 => List("a", "10"),
            2 => Watch(Added, """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"15"}}}"""),
            _ => Watch("""{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"16"}}}"""),
        });

        Assert.Equal(["Reset a", "Set b", "Removed a"], told.Take(3));
        Assert.Equal(["10", "15", "16"], requests.Skip(1).Select(Version).Take(3));
    }

    [Fact]
    public async Task ABrokenStream_GoesOnFromWhereItBroke()
    {
        var (requests, told) = await FollowAsync(3, (_, number) => number switch
        {
            1 => List("a", "10"),
            2 => Watch(Added, """{"type":"ADDED","object":{"metadata":{"na"""),
            _ => Watch("""{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"16"}}}"""),
        });

        Assert.Equal(["Reset a", "Set b", "Removed a"], told.Take(3));
        Assert.Equal(["10", "12"], requests.Skip(1).Select(Version).Take(2));
    }

    [Fact]
    public async Task AServerThatIsTooBusyForAWatch_IsPolled()
    {
        var (requests, told) = await FollowAsync(4, (request, number) =>
            IsWatch(request) ? FakeTransport.Status(HttpStatusCode.TooManyRequests, "TooManyRequests", "later") : List($"p{number}", "10"));

        Assert.Equal([false, true, false, true], requests.Take(4).Select(request => request.Contains("watch=true", StringComparison.Ordinal)));
        Assert.Equal(["Reset p1", "Reset p3"], told.Take(2));
    }

    [Fact]
    public async Task WhoMayListButNotWatch_Polls()
    {
        var (requests, told) = await FollowAsync(4, (request, number) =>
            IsWatch(request) ? FakeTransport.Status(HttpStatusCode.Forbidden, "Forbidden", "no") : List($"p{number}", "10"));

        Assert.Equal([false, true, false, false], requests.Take(4).Select(request => request.Contains("watch=true", StringComparison.Ordinal)));
        Assert.Equal(["Reset p1", "Reset p3", "Reset p4"], told.Take(3));
    }

    [Fact]
    public async Task ASilentStream_IsListedAgain()
    {
        var time = new SkippingTime();
        var (_, told) = await FollowAsync(
            3,
            (request, number) => IsWatch(request) ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SilentStream(time)) } : List($"p{number}", "10"),
            time);

        Assert.Equal(["Reset p1", "Reset p3"], told.Take(2));
    }

    [Fact]
    public async Task AVersionForgottenInTheStream_IsListedAgain()
    {
        var (requests, told) = await FollowAsync(3, (_, number) => number switch
        {
            1 => List("a", "10"),
            2 => Watch("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}"""),
            _ => List("b", "20"),
        });

        Assert.Equal(["Reset a", "Reset b"], told.Take(2));
        Assert.DoesNotContain("watch", requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AVersionForgottenAtOnce_IsListedAgain()
    {
        var (_, told) = await FollowAsync(3, (_, number) => number switch
        {
            1 => List("a", "10"),
            2 => FakeTransport.Status(HttpStatusCode.Gone, "Expired", "too old resource version"),
            _ => List("b", "20"),
        });

        Assert.Equal(["Reset a", "Reset b"], told.Take(2));
    }

    [Fact]
    public async Task AStreamThatKeepsClosingAtOnce_IsListedAgain()
    {
        var (requests, _) = await FollowAsync(4, (request, _) => IsWatch(request) ? Watch() : List("a", "10"));

        Assert.Equal([false, true, true, false], requests.Take(4).Select(request => request.Contains("watch=true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AKindThatMayNotBeRead_EndsTheStream()
    {
        var (requests, told) = await FollowAsync(1, (_, _) => FakeTransport.Status(HttpStatusCode.Forbidden, "Forbidden", "no"));

        Assert.Equal(["Denied "], told);
        Assert.Single(requests);
    }

    // Follows until so many requests were made, then says what was asked and told.
    private static async Task<(IReadOnlyList<string> Requests, IReadOnlyList<string> Told)> FollowAsync(
        int enough, Func<HttpRequestMessage, int, HttpResponseMessage> answer, TimeProvider? time = null)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var transport = new FakeTransport((request, number) =>
        {
            if (number > enough)
            {
                ended.Cancel();
            }

            return answer(request, number);
        });
        var cluster = new ClusterObjects(new ApiClient(() => transport, time ?? new SkippingTime()));
        var channel = Channel.CreateUnbounded<StreamEvent>();
        try
        {
            await new ObjectStream(cluster, ObjectKind.Pod, "demo", ObjectSelector.All).RunAsync(change => channel.Writer.TryWrite(change), ended.Token);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        channel.Writer.Complete();
        List<string> told = [];
        await foreach (var change in channel.Reader.ReadAllAsync(Cancellation))
        {
            told.Add($"{change.Change} {string.Join(',', change.Objects.Select(item => (string?)item["metadata"]?["name"]))}");
        }

        return (transport.Requests, told);
    }

    private static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);

    private static string Version(string request) => request.Split("resourceVersion=")[1].Split('&')[0];

    private static HttpResponseMessage List(string name, string version) =>
        FakeTransport.Json(HttpStatusCode.OK, $$$"""{"kind":"PodList","metadata":{"resourceVersion":"{{{version}}}"},"items":[{"metadata":{"name":"{{{name}}}"}}]}""");

    private static HttpResponseMessage Watch(params string[] lines) => FakeTransport.Json(HttpStatusCode.OK, string.Join('\n', lines));
}
