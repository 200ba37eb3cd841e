using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>What the transport does with answers that are not simply an answer.</summary>
public class TransportRulesTests
{
    private readonly SkippingTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ApiRequest Write => new(HttpMethod.Patch, "api/v1/namespaces/demo/configmaps/a") { Body = new JsonObject(), Subject = "ConfigMap/demo/a" };

    [Fact]
    public async Task Warnings_AreKeptOnce_AndUnquoted()
    {
        var client = Client((_, _) =>
        {
            var answer = Ok();
            answer.Headers.TryAddWithoutValidation("Warning", ["299 - \"unknown field \\\"spec.replcas\\\"\"", "299 - \"v2beta2 is deprecated\"", "110 proxy \"stale\""]);
            return answer;
        });

        await client.SendAsync(Write, Cancellation);
        await client.SendAsync(Write, Cancellation);

        Assert.Equal(["unknown field \"spec.replcas\"", "v2beta2 is deprecated"], client.Scope.Warnings.Texts);
        Assert.Empty(client.ForItself().Scope.Warnings.Texts);
    }

    [Fact]
    public async Task AServerThatNeverAnswers_IsGivenUpAfterTwiceFiveSeconds()
    {
        var hanging = new HangingTransport(_time);
        var client = new ApiClient(() => hanging, _time);

        var failure = await Assert.ThrowsAsync<ClusterUnreachableException>(() => client.SendAsync(Write, Cancellation));

        Assert.Equal("https://cluster.example:6443/ gives no answer: no answer within 5 s", failure.Message);
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task AServerThatIsGoneInTheMiddle_IsWaitedForTwoMinutes_ByAllTogether()
    {
        var client = Client((_, number) => number == 1 ? Ok() : throw new HttpRequestException("refused", new IOException("refused")));
        await client.SendAsync(Write, Cancellation);
        var before = _time.Waited;

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Assert.ThrowsAsync<ClusterUnreachableException>(() => client.SendAsync(Write, Cancellation))));

        // All ten wait on one clock here, which each of their waits moves.
        Assert.InRange(_time.Waited - before, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + (10 * TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public async Task AServerThatOnlyFails_EndsADeployAfterTwentyMoreCalls_WithItsFirstFailure()
    {
        var calls = 0;
        var client = Client((_, number) =>
        {
            calls = number;
            return FakeTransport.Status(HttpStatusCode.InternalServerError, "InternalError", number == 1 ? "the first" : "another");
        });

        var failures = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => Assert.ThrowsAsync<ApiFailure>(() => client.SendAsync(Write, Cancellation))));

        Assert.InRange(calls, 30, 15 + 20);
        Assert.Contains(failures, failure => failure.Message == "the first");
    }

    [Fact]
    public async Task AQuota_ThatTwoCountAtOnce_IsAskedAgain()
    {
        var client = Client((_, number) => number < 5
            ? FakeTransport.Status(HttpStatusCode.Conflict, "Conflict", "Operation cannot be fulfilled on resourcequotas q: the object has been modified")
            : Ok());

        await client.SendAsync(Write, Cancellation);

        Assert.InRange(_time.Waited, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task AWebhookThatCannotBeAsked_IsWaitedForAMinute_AndNamed()
    {
        var client = Client((_, _) => FakeTransport.Status(
            HttpStatusCode.InternalServerError, "InternalError", "Internal error occurred: failed calling webhook \\\"policy.example\\\": connection refused"));

        var failure = await Assert.ThrowsAsync<ApiFailure>(() => client.SendAsync(Write, Cancellation));
        var told = ClusterErrors.Explain(failure, "apply", client.Server)!;

        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61));
        Assert.Equal(("K8SD217", "WEBHOOK_UNREACHABLE"), (told.Code, told.Reason));
        Assert.StartsWith("ConfigMap/demo/a: https://cluster.example:6443/ could not ask the admission webhook policy.example", told.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANamespaceThatWasMadeAMomentAgo_IsWaitedFor()
    {
        var client = Client((request, number) => request.Method == HttpMethod.Post || number > 4
            ? Ok()
            : FakeTransport.Status(HttpStatusCode.NotFound, "NotFound", "namespaces \\\"demo\\\" not found"));
        var make = new ApiRequest(HttpMethod.Post, "api/v1/namespaces") { Body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "demo" } } };

        await Assert.ThrowsAsync<ApiFailure>(() => client.SendAsync(Write, Cancellation));
        await client.SendAsync(make, Cancellation);
        await client.SendAsync(Write, Cancellation);
    }

    [Fact]
    public async Task ARefusal_RightAfterOurOwnRoleBinding_IsAskedAgain_ForTenSeconds()
    {
        var binds = new ApiRequest(HttpMethod.Patch, "apis/rbac.authorization.k8s.io/v1/namespaces/demo/rolebindings/a") { Body = new JsonObject() };
        var calls = 0;
        var client = Client((request, _) =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("rolebindings", StringComparison.Ordinal))
            {
                return Ok();
            }

            calls++;
            return FakeTransport.Status(HttpStatusCode.Forbidden, "Forbidden", "configmaps is forbidden: User x cannot patch resource");
        });

        await Assert.ThrowsAsync<ApiFailure>(() => client.SendAsync(Write, Cancellation));
        Assert.Equal(1, calls);
        await client.SendAsync(binds, Cancellation);
        await Assert.ThrowsAsync<ApiFailure>(() => client.SendAsync(Write, Cancellation));

        Assert.InRange(calls, 8, 16);
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task SixteenWritesOfADeploy_AreUnderWayAtOnce_AndLocksBesides()
    {
        using var answers = new SemaphoreSlim(0);
        var waiting = new WaitingTransport(answers);
        var client = new ApiClient(() => waiting, TimeProvider.System);
        var writes = Enumerable.Range(0, 40).Select(_ => client.SendAsync(Write, Cancellation)).ToList();

        Assert.Equal(16, waiting.UnderWay);
        var renewal = client.SendAsync(new ApiRequest(HttpMethod.Put, "apis/coordination.k8s.io/v1/namespaces/demo/leases/a") { Body = new JsonObject() }, Cancellation);
        Assert.Equal(17, waiting.UnderWay);

        answers.Release(41);
        await Task.WhenAll([renewal, .. writes]);
        Assert.Equal(17, waiting.Most);
    }

    [Fact]
    public async Task PagesThatAreForgotten_AreListedAllAtOnce()
    {
        var transport = new FakeTransport((request, number) => number switch
        {
            1 => FakeTransport.Json(HttpStatusCode.OK, """{"metadata":{"resourceVersion":"1","continue":"next"},"items":[{"metadata":{"name":"a"}}]}"""),
            2 => FakeTransport.Status(HttpStatusCode.Gone, "Expired", "too old"),
            _ => FakeTransport.Json(HttpStatusCode.OK, """{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"b"}}]}"""),
        });
        using var client = new ApiClient(() => transport, _time);

        var list = await new ClusterObjects(client).ListAsync(ObjectKind.Secret, "demo", ObjectSelector.All, Cancellation);

        Assert.Equal(["b"], list.Items.Select(item => (string?)item["metadata"]!["name"]));
        Assert.Equal(
            ["GET api/v1/namespaces/demo/secrets?limit=500", "GET api/v1/namespaces/demo/secrets?limit=500&continue=next", "GET api/v1/namespaces/demo/secrets"],
            transport.Requests);
    }

    [Fact]
    public async Task AnObjectThatSomebodyWritesTo_IsDeletedAllTheSame_AndNotTakenForAnother()
    {
        var transport = new FakeTransport((request, number) => number switch
        {
            1 => FakeTransport.Status(HttpStatusCode.Conflict, "Conflict", "the object has been modified"),
            2 => FakeTransport.Json(HttpStatusCode.OK, """{"metadata":{"uid":"u"}}"""),
            _ => Ok(),
        });
        using var client = new ApiClient(() => transport, _time);

        Assert.True(await new ClusterObjects(client).DeleteAsync(ObjectKind.Secret.Id("demo", "a"), "u", foreground: false, Cancellation));
        Assert.Equal(["DELETE", "GET", "DELETE"], transport.Requests.Select(request => request.Split(' ')[0]));
    }

    private static HttpResponseMessage Ok() => FakeTransport.Json(HttpStatusCode.OK, "{}");

    private ApiClient Client(Func<HttpRequestMessage, int, HttpResponseMessage> answer)
    {
        var transport = new FakeTransport(answer);
        return new ApiClient(() => transport, _time);
    }

    private sealed class HangingTransport(SkippingTime time) : IClusterTransport
    {
        public Uri Server { get; } = new("https://cluster.example:6443/");

        public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            time.PassTimeout();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("never");
        }

        public void Dispose()
        {
        }
    }

    private sealed class WaitingTransport(SemaphoreSlim answers) : IClusterTransport
    {
        private int _underWay;

        public Uri Server { get; } = new("https://cluster.example:6443/");

        public int UnderWay => _underWay;

        public int Most { get; private set; }

        public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _underWay));
            await answers.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _underWay);
            return Ok();
        }

        public void Dispose()
        {
        }
    }
}
