using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

/// <summary>Faults as a client of the API meets them, over real sockets.</summary>
public sealed class ApiFaultTests : IAsyncLifetime
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ApiFaults _faults = new();
    private ApiServer _server = null!;
    private HttpClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(new ApiServerOptions { Faults = _faults }, Ct);
        _client = TestClient.AdminFor(_server);
        _client.Timeout = Patience;
        for (var i = 1; i <= 3; i++)
        {
            _server.Api.Create(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = $"map{i}", NamespaceProperty = "default" } }, "test");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Answer_HitsOnlyTheNthMatchingCall()
    {
        var fault = _faults.Add(new ApiFault(ApiFaultEffect.Answer(429, TimeSpan.FromSeconds(2))) { Verb = "get", Resource = "configmaps", Name = "map1", FirstCall = 2 });

        var codes = new List<HttpStatusCode>();
        foreach (var path in (string[])["map1", "map2", "map1", "map1"])
        {
            codes.Add((await _client.GetAsync($"{Maps}/{path}", Ct)).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], codes);
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task Answer_IsAStatusWithRetryAfter()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.Answer(429, TimeSpan.FromSeconds(2))));

        using var answer = await _client.GetAsync(Maps, Ct);

        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"The server has received too many requests and has asked us to try again later","reason":"TooManyRequests","details":{"retryAfterSeconds":2},"code":429}""",
            (await answer.Content.ReadAsStringAsync(Ct)).TrimEnd());
    }

    [Fact]
    public async Task Reset_BreaksTheConnection()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.Reset()) { Verb = "delete" });

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.DeleteAsync($"{Maps}/map1", Ct));

        Assert.NotNull(_server.Api.Get<V1ConfigMap>("default", "map1"));
    }

    [Fact]
    public async Task ResetAfterWork_IsDoneButNotHeard()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.Reset(afterWork: true)) { Verb = "delete" });

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.DeleteAsync($"{Maps}/map1", Ct));

        Assert.Null(_server.Api.Get<V1ConfigMap>("default", "map1"));
    }

    [Fact]
    public async Task Truncate_SendsTheFirstBytesOnly()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.Truncate(20)));
        using var answer = await _client.GetAsync($"{Maps}/map1", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var body = await answer.Content.ReadAsStreamAsync(Ct);

        var read = new byte[100];
        var problem = await Record.ExceptionAsync(() => body.ReadExactlyAsync(read, Ct).AsTask());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.IsAssignableFrom<IOException>(problem);
        Assert.Equal((true, 0), (read[19] != 0, read[20]));
    }

    [Fact]
    public async Task NoAnswer_NeverComes()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.NoAnswer()));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var call = _client.GetAsync(Maps, limit.Token);
        var first = await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct));
        await limit.CancelAsync();

        Assert.NotSame(call, first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Delay_ComesLate()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.Delay(TimeSpan.FromMilliseconds(200))));
        var began = TimeProvider.System.GetTimestamp();

        using var answer = await _client.GetAsync(Maps, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(200), Patience);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task CloseWatch_EndsTheStreamAfterItsEvents(int events)
    {
        _faults.Add(new ApiFault(ApiFaultEffect.CloseWatch(events)) { Resource = "configmaps" });

        Assert.Equal([.. Enumerable.Range(1, events).Select(i => $"ADDED map{i}")], await WatchAsync());
    }

    [Fact]
    public async Task ExpireWatch_SaysSoInTheStream()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.ExpireWatch(1)));

        Assert.Equal(["ADDED map1", "ERROR 410 Expired"], await WatchAsync());
    }

    [Fact]
    public async Task RefuseWatchAsExpired_LeavesListsAlone()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.RefuseWatchAsExpired()) { Resource = "configmaps" });

        using var list = await _client.GetAsync(Maps, Ct);
        using var watch = await _client.GetAsync($"{Maps}?watch=true", Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Gone), (list.StatusCode, watch.StatusCode));
    }

    [Fact]
    public async Task BreakWatch_BreaksInTheMiddleOfAnEvent()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.BreakWatch(1)));
        using var reader = await OpenAsync();

        Assert.Contains("map1", await reader.ReadLineAsync(Ct), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(async () => await reader.ReadLineAsync(Ct));
    }

    [Fact]
    public async Task SilenceWatch_KeepsTheStreamOpen()
    {
        _faults.Add(new ApiFault(ApiFaultEffect.SilenceWatch(1)));
        using var reader = await OpenAsync();

        Assert.Contains("map1", await reader.ReadLineAsync(Ct), StringComparison.Ordinal);
        var next = reader.ReadLineAsync(Ct).AsTask();
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct)));
    }

    [Fact]
    public async Task WhatIsRemoved_HitsNoLonger()
    {
        var fault = _faults.Add(new ApiFault(ApiFaultEffect.Answer(503)) { Calls = int.MaxValue });
        using var during = await _client.GetAsync(Maps, Ct);
        _faults.Remove(fault);
        using var after = await _client.GetAsync(Maps, Ct);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (during.StatusCode, after.StatusCode));
    }

    private async Task<StreamReader> OpenAsync() =>
        new(await _client.GetStreamAsync($"{Maps}?watch=true&fieldSelector=metadata.name!=kube-root-ca.crt", Ct));

    private async Task<List<string>> WatchAsync()
    {
        using var reader = await OpenAsync();
        var events = new List<string>();
        while (await reader.ReadLineAsync(Ct) is { } line)
        {
            var item = JsonNode.Parse(line)!;
            var obj = item["object"]!;
            events.Add($"{item["type"]} {(obj["code"] is { } code ? $"{code} {obj["reason"]}" : obj["metadata"]!["name"])}");
        }

        return events;
    }
}
