using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public class ApiClientTests
{
    private readonly SkippingTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task ATransientAnswer_IsAskedAgain(HttpStatusCode code)
    {
        var transport = new FakeTransport((_, number) => number < 3 ? FakeTransport.Status(code, "Busy", "later") : FakeTransport.Json(HttpStatusCode.OK, "{}"));

        await Client(transport).SendAsync(Request, Cancellation);

        Assert.Equal(3, transport.Requests.Count);
    }

    [Fact]
    public async Task RetryAfter_IsObeyed()
    {
        var transport = new FakeTransport((_, number) =>
        {
            var answer = number == 1 ? FakeTransport.Status(HttpStatusCode.TooManyRequests, "TooManyRequests", "later") : FakeTransport.Json(HttpStatusCode.OK, "{}");
            answer.Headers.RetryAfter = number == 1 ? new(TimeSpan.FromSeconds(7)) : null;
            return answer;
        });

        await Client(transport).SendAsync(Request, Cancellation);

        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task ATruncatedBody_IsAskedAgain()
    {
        var transport = new FakeTransport((_, number) => FakeTransport.Json(HttpStatusCode.OK, number == 1 ? """{"kind":"Pod","met""" : "{}"));

        await Client(transport).SendAsync(Request, Cancellation);

        Assert.Equal(2, transport.Requests.Count);
    }

    [Fact]
    public async Task AResetConnection_IsAskedAgain()
    {
        var transport = new FakeTransport((_, number) => number == 1 ? throw new HttpRequestException("reset", new IOException()) : FakeTransport.Json(HttpStatusCode.OK, "{}"));

        await Client(transport).SendAsync(Request, Cancellation);

        Assert.Equal(2, transport.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task ADefiniteAnswer_IsNotAskedAgain(HttpStatusCode code)
    {
        var transport = new FakeTransport((_, _) => FakeTransport.Status(code, "Reason", "the server's words"));

        var failure = await Assert.ThrowsAsync<ApiFailure>(() => Client(transport).SendAsync(Request, Cancellation));

        Assert.Equal((code, "Reason", "the server's words"), (failure.Code, failure.Reason, failure.Message));
        Assert.Single(transport.Requests);
    }

    [Fact]
    public async Task APolicysDenial_IsAnAnswer_EvenWhenItComesAs500()
    {
        var transport = new FakeTransport((_, _) => FakeTransport.Status(HttpStatusCode.InternalServerError, "InternalError", "admission webhook x denied the request: no"));

        await Assert.ThrowsAsync<ApiFailure>(() => Client(transport).SendAsync(Request, Cancellation));

        Assert.Single(transport.Requests);
    }

    [Fact]
    public async Task ACluster_ThatWasNeverThere_IsGivenUpSoon()
    {
        var transport = new FakeTransport((_, _) => throw new HttpRequestException("refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)));

        var failure = await Assert.ThrowsAsync<ClusterUnreachableException>(() => Client(transport).SendAsync(Request, Cancellation));

        Assert.Equal("https://cluster.example:6443/ gives no answer: connection refused", failure.Message);
        Assert.InRange(_time.Waited, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task WhatIsNoStatus_IsNeverQuoted()
    {
        var transport = new FakeTransport((_, _) => FakeTransport.Json(HttpStatusCode.Forbidden, "<html>token=hunter2</html>"));

        var failure = await Assert.ThrowsAsync<ApiFailure>(() => Client(transport).SendAsync(Request, Cancellation));

        Assert.Equal("the server answered 403 (Forbidden)", failure.Message);
    }

    private static ApiRequest Request => new(HttpMethod.Get, "api/v1/namespaces/demo");

    private ApiClient Client(FakeTransport transport) => new(() => transport, _time);
}
