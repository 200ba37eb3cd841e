using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Network;

public sealed class ServicePortTests : IDisposable
{
    private readonly LoopbackSubnet _subnet = LoopbackSubnet.Reserve();
    private readonly ServicePort _port;
    private readonly IPEndPoint _address;

    public ServicePortTests()
    {
        _address = new IPEndPoint(_subnet.LoadBalancers.Take(), 8000);
        _port = new ServicePort(_address, "test/service", TimeProvider.System, NullLogger.Instance);
    }

    public void Dispose()
    {
        _port.Dispose();
        _subnet.Dispose();
    }

    [Fact]
    public async Task EndpointThatJustDied_IsSkippedForTheNext()
    {
        using var alive = Echo("alive");
        var dead = new IPEndPoint(_subnet.Pods.Take(), 8080);
        _port.Update([Ready(dead), Ready((IPEndPoint)alive.LocalEndpoint)], affinityTimeout: null);

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await AskAsync());
        }

        Assert.Equal(["alive", "alive", "alive", "alive"], answers);
    }

    [Fact]
    public async Task ReadyEndpoints_ShareConnections()
    {
        using var one = Echo("one");
        using var two = Echo("two");
        _port.Update([Ready((IPEndPoint)one.LocalEndpoint), Ready((IPEndPoint)two.LocalEndpoint)], affinityTimeout: null);

        var answers = new[] { await AskAsync(), await AskAsync(), await AskAsync(), await AskAsync() };

        Assert.Equal(["one", "one", "two", "two"], answers.Order());
    }

    [Fact]
    public async Task NoEndpoint_RefusesConnections()
    {
        using var one = Echo("one");
        _port.Update([Ready((IPEndPoint)one.LocalEndpoint)], affinityTimeout: null);
        _port.Update([], affinityTimeout: null);

        var failure = await Assert.ThrowsAsync<SocketException>(AskAsync);

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    private static Endpoint Ready(IPEndPoint at) => new(at, Ready: true, Serving: true, Terminating: false);

    private async Task<string> AskAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_address, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private TcpListener Echo(string answer)
    {
        var listener = new TcpListener(_subnet.Pods.Take(), 8080);
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        });
        return listener;
    }
}
