using System.Net;
using System.Net.Sockets;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// Where an ingress controller listens, as the status of an Ingress tells. Every host name leads there, as the DNS of a
/// cluster would have it.
/// </summary>
internal sealed class FrontDoor(V1IngressLoadBalancerIngress address)
{
    /// <summary>Calls a host; by HTTPS only when it shows the one certificate that is trusted.</summary>
    public HttpClient Call(string baseAddress, Certificate? trusted = null)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted?.Thumbprint;
        return new HttpClient(handler) { BaseAddress = new Uri(baseAddress) };
    }

    public async Task<HttpStatusCode> StatusAsync(string url, CancellationToken cancellationToken)
    {
        using var http = Call(url);
        using var response = await http.GetAsync(url, cancellationToken);
        return response.StatusCode;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Ip ?? address.Hostname, PortFor(context.DnsEndPoint.Port), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    // A controller that may not listen on 80 and 443 tells its ports, 80's before 443's.
    private int PortFor(int port)
    {
        List<int> told = [.. (address.Ports ?? []).Select(item => item.Port).Order()];
        return told.Count == 2 ? told[port == 443 ? 1 : 0] : port;
    }
}
