using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public sealed class KubeconfigTransportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _kubeconfig = Path.GetTempFileName();

    public KubeconfigTransportTests() => _listener.Start();

    [Fact]
    public async Task AnAnswerThatGoesOn_IsHadAsItBegins()
    {
        await File.WriteAllTextAsync(
            _kubeconfig,
            $$"""
            apiVersion: v1
            kind: Config
            current-context: local
            clusters: [{ name: local, cluster: { server: "http://{{_listener.LocalEndpoint}}" } }]
            contexts: [{ name: local, context: { cluster: local } }]
            """,
            TestContext.Current.CancellationToken);
        using var transport = KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = _kubeconfig });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(transport.Server, "watch"));

        var sending = transport.SendAsync(request, TestContext.Current.CancellationToken);
        using var server = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        await server.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"), TestContext.Current.CancellationToken);
        using var response = await sending.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var body = new byte[5];
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);

        Assert.Equal("first", Encoding.ASCII.GetString(body));
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_kubeconfig);
    }
}
