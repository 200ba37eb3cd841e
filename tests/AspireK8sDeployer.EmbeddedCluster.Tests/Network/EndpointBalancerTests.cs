using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Network;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Network;

public class EndpointBalancerTests
{
    private static readonly IPEndPoint A = new(IPAddress.Parse("127.20.16.1"), 80);
    private static readonly IPEndPoint B = new(IPAddress.Parse("127.20.16.2"), 80);

    private readonly FakeTimeProvider _time = new();
    private readonly EndpointBalancer _balancer;

    public EndpointBalancerTests() => _balancer = new EndpointBalancer(_time);

    [Fact]
    public void ReadyEndpoints_TakeTurns()
    {
        _balancer.Update([Ready(A), Ready(B)], affinityTimeout: null);

        var firsts = Enumerable.Range(0, 4).Select(_ => _balancer.For(IPAddress.Loopback).First());

        Assert.Equal([A, B, A, B], firsts);
    }

    [Fact]
    public void OneConnection_MayTryEveryEndpointOnce()
    {
        _balancer.Update([Ready(A), Ready(B)], affinityTimeout: null);

        Assert.Equal([A, B], _balancer.For(IPAddress.Loopback).OrderBy(endpoint => endpoint.ToString()));
    }

    [Fact]
    public void TerminatingEndpoint_IsNotUsedBesideAReadyOne()
    {
        _balancer.Update([Draining(A), Ready(B)], affinityTimeout: null);

        Assert.Equal([B], _balancer.For(IPAddress.Loopback));
    }

    [Fact]
    public void OnlyTerminatingEndpoints_StillServe()
    {
        _balancer.Update([Draining(A), new Endpoint(B, Ready: false, Serving: false, Terminating: true)], affinityTimeout: null);

        Assert.Equal([A], _balancer.For(IPAddress.Loopback));
    }

    [Fact]
    public void UnreadyEndpoints_AreNone()
    {
        _balancer.Update([new Endpoint(A, Ready: false, Serving: false, Terminating: false)], affinityTimeout: null);

        Assert.False(_balancer.HasEndpoints);
    }

    [Fact]
    public void ClientWithAffinity_ComesBackUntilItTimesOut()
    {
        _balancer.Update([Ready(A), Ready(B)], TimeSpan.FromMinutes(1));
        _balancer.Connected(IPAddress.Loopback, B);

        var within = Enumerable.Range(0, 3).Select(_ => _balancer.For(IPAddress.Loopback).First()).ToArray();
        _time.Advance(TimeSpan.FromMinutes(2));
        var after = Enumerable.Range(0, 2).Select(_ => _balancer.For(IPAddress.Loopback).First()).Distinct();

        Assert.Equal([B, B, B], within);
        Assert.Equal(2, after.Count());
    }

    private static Endpoint Ready(IPEndPoint at) => new(at, Ready: true, Serving: true, Terminating: false);

    private static Endpoint Draining(IPEndPoint at) => new(at, Ready: false, Serving: true, Terminating: true);
}
