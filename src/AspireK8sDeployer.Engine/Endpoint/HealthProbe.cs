using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;

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

    /// <summary>Whether it is this deployment that answers there.</summary>
    public async Task<bool> IsAsync(Uri url, string deploymentId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(url, PipelinePaths.Info), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                && await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken).ConfigureAwait(false) is { } info
                && (string?)info["deployment"]?["id"] == deploymentId;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or JsonException or InvalidOperationException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
