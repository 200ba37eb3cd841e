using System.Net;
using System.Net.Sockets;
using AspireK8sDeployer.EmbeddedCluster.Ingress;
using AspireK8sDeployer.EmbeddedCluster.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

public class IngressServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PortsThatCannotBeListenedOn_AreReplaced_AndNamedInTheStatus()
    {
        using var subnet = LoopbackSubnet.Reserve();
        var address = subnet.TakeIngress();
        using var http = Occupy(address, 8080);
        using var first = Environment.IsPrivilegedProcess ? Occupy(address, 80) : null;
        using var second = Environment.IsPrivilegedProcess ? Occupy(address, 443) : null;

        await using var server = await IngressServer.StartAsync(address, TimeProvider.System, NullLoggerFactory.Instance, Ct);

        Assert.NotEqual(8080, server.Address.HttpPort);
        Assert.Equal(8443, server.Address.HttpsPort);
        Assert.Equal([server.Address.HttpPort, 8443], server.Address.ToStatus().Ports.Select(port => port.Port));
    }

    [Fact]
    public async Task ClusterThatStartsAgain_KeepsItsIngressAddress()
    {
        var directory = Directory.CreateTempSubdirectory("ingress-").FullName;
        try
        {
            var options = new EmbeddedClusterOptions { RunNode = false, StateDirectory = directory };
            Uri? before;
            await using (var first = await EmbeddedCluster.StartAsync(options, Ct))
            {
                before = first.IngressHttp;
            }

            await using var second = await EmbeddedCluster.StartAsync(options, Ct);

            Assert.EndsWith(".200.254", before!.Host, StringComparison.Ordinal);
            Assert.Equal(before.Host, second.IngressHttp!.Host);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Socket Occupy(IPAddress address, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }
}
