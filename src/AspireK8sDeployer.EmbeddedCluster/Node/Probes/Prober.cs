using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Probes;

/// <summary>Tries a probe once. Failures are worded as the kubelet's, which are Go's.</summary>
internal sealed class Prober(ContainerRuntime runtime, TimeProvider time) : IDisposable
{
    private const int MaximumOutput = 10 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero, // every try is a new connection
#pragma warning disable CA5359 // a probe asks for life, not for identity; the kubelet does not verify either
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _http.Dispose();

    public async Task<ProbeResult> TryAsync(V1Probe probe, V1Container container, ContainerProcess process, string podIp, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return probe switch
            {
                { HttpGet: { } http } => await GetAsync(http, container, podIp, either.Token).ConfigureAwait(false),
                { TcpSocket: { } tcp } => await ConnectAsync(tcp, container, podIp, either.Token).ConfigureAwait(false),
                { Exec: { } exec } => await ExecuteAsync(exec, process, probe.TimeoutSeconds ?? 1, cancellationToken).ConfigureAwait(false),
                _ => new ProbeResult(false, "the embedded cluster's node knows httpGet, tcpSocket and exec probes only"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(false, TimeoutText(probe, container, podIp));
        }
    }

    /// <summary>Sends the request of a lifecycle hook; null when it went well.</summary>
    public async Task<string?> CallAsync(V1HTTPGetAction action, V1Container container, string podIp, CancellationToken cancellationToken)
    {
        var result = await GetAsync(action, container, podIp, cancellationToken).ConfigureAwait(false);
        return result.Success ? null : result.Output;
    }

    private async Task<ProbeResult> GetAsync(V1HTTPGetAction action, V1Container container, string podIp, CancellationToken cancellationToken)
    {
        var url = UrlOf(action, container, podIp);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kube-probe", "1.36"));
        request.Headers.Accept.ParseAdd("*/*");
        foreach (var header in action.HttpHeaders ?? [])
        {
            if (header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.Host = header.Value;
            }
            else
            {
                request.Headers.Remove(header.Name);
                request.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode is >= 200 and < 400
                ? new ProbeResult(true)
                : new ProbeResult(false, $"HTTP probe failed with statuscode: {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return new ProbeResult(false, $"Get \"{url}\": {Explain(e, url)}", IsRefused(e));
        }
    }

    private static async Task<ProbeResult> ConnectAsync(V1TCPSocketAction action, V1Container container, string podIp, CancellationToken cancellationToken)
    {
        var target = TargetOf(action, container, podIp);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(target.Host, target.Port, cancellationToken).ConfigureAwait(false);
            return new ProbeResult(true);
        }
        catch (SocketException e)
        {
            return new ProbeResult(
                false, $"dial tcp {target.Host}:{target.Port}: connect: {Words(e.SocketErrorCode)}", e.SocketErrorCode == SocketError.ConnectionRefused);
        }
    }

    private async Task<ProbeResult> ExecuteAsync(V1ExecAction action, ContainerProcess process, int timeout, CancellationToken cancellationToken)
    {
        try
        {
            var (exitCode, output) = await runtime
                .ExecuteAsync(process, [.. action.Command ?? []], TimeSpan.FromSeconds(timeout), cancellationToken).ConfigureAwait(false);
            return new ProbeResult(exitCode == 0, output.Length > MaximumOutput ? output[..MaximumOutput] : output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(false, $"command timed out: \"{string.Join(' ', action.Command ?? [])}\" timed out after {timeout}s");
        }
    }

    private static string TimeoutText(V1Probe probe, V1Container container, string podIp)
    {
        if (probe.HttpGet is { } http)
        {
            return $"Get \"{UrlOf(http, container, podIp)}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }

        var target = TargetOf(probe.TcpSocket!, container, podIp);
        return $"dial tcp {target.Host}:{target.Port}: i/o timeout";
    }

    private static Uri UrlOf(V1HTTPGetAction action, V1Container container, string podIp)
    {
        var path = action.Path is { Length: > 0 } given ? given : "/";
        var host = action.Host is { Length: > 0 } named ? named : podIp;
        return new Uri($"{(action.Scheme ?? "HTTP").ToLowerInvariant()}://{host}:{PortOf(action.Port, container)}{(path[0] == '/' ? "" : "/")}{path}");
    }

    private static (string Host, int Port) TargetOf(V1TCPSocketAction action, V1Container container, string podIp) =>
        (action.Host is { Length: > 0 } host ? host : podIp, PortOf(action.Port, container));

    private static int PortOf(IntOrString port, V1Container container) =>
        int.TryParse(port.Value, CultureInfo.InvariantCulture, out var number)
            ? number
            : container.Ports?.FirstOrDefault(candidate => candidate.Name == port.Value)?.ContainerPort ?? 0;

    private static bool IsRefused(HttpRequestException e) => (e.InnerException as SocketException)?.SocketErrorCode == SocketError.ConnectionRefused;

    private static string Explain(HttpRequestException e, Uri url)
    {
        var address = $"{url.Host}:{url.Port}";
        return e switch
        {
            { InnerException: SocketException socket } => $"dial tcp {address}: connect: {Words(socket.SocketErrorCode)}",
            { InnerException: IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } } } =>
                $"read tcp {IPAddress.Loopback}->{address}: read: connection reset by peer",
            { HttpRequestError: HttpRequestError.ResponseEnded } or { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } => "EOF",
            { HttpRequestError: HttpRequestError.InvalidResponse } => "net/http: HTTP/1.x transport connection broken: malformed HTTP response",
            _ => e.InnerException?.Message ?? e.Message,
        };
    }

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset by peer",
        SocketError.NetworkUnreachable => "network is unreachable",
        SocketError.HostUnreachable => "no route to host",
        SocketError.TimedOut => "connection timed out",
        _ => error.ToString(),
    };
}
