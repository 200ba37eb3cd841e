using System.Net;
using System.Net.Sockets;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Asks an address whether the pipeline is well there.</summary>
internal sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Directly: what a proxy says of an address in a cluster is not what its callers get.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseProxy = false }) { Timeout = Patience };

    /// <summary>The answer's status, or null when there was none.</summary>
    public async Task<HttpStatusCode?> AskAsync(Uri url, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(url, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return answer.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
