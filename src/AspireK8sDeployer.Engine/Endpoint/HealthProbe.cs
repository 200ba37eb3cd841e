using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Asks an address whether the pipeline is well there.</summary>
internal sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // One for each address that requests are sent to, whatever their host; "" is the host's own.
    private readonly Dictionary<(string Address, bool Trusting), HttpClient> _clients = [];

    /// <summary>Asks the path below the URL.</summary>
    /// <param name="url">The base address.</param>
    /// <param name="path">The path.</param>
    /// <param name="address">What stands for the URL's host; null for the host itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HealthAnswer> AskAsync(Uri url, string path, string? address, CancellationToken cancellationToken)
    {
        if (address is null && !await IsKnownAsync(url, cancellationToken).ConfigureAwait(false))
        {
            return new HealthAnswer(null, IsHostUnknown: true);
        }

        try
        {
            return new HealthAnswer(await StatusAsync(url, path, Client(address, trusting: false), cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException untrusted)
        {
            var status = await StatusOfUntrustedAsync(url, path, address, cancellationToken).ConfigureAwait(false);
            return new HealthAnswer(status, CertificateProblem: status is null ? null : untrusted.Message);
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return new HealthAnswer(null);
        }
    }

    /// <summary>Whether it is this deployment that answers there.</summary>
    public async Task<bool> IsAsync(EndpointCandidate candidate, string deploymentId, CancellationToken cancellationToken) =>
        await IdentityAsync(candidate.Url, candidate.Address, deploymentId, cancellationToken).ConfigureAwait(false) == true;

    /// <summary>Whether it is this deployment that answers there; null when the answer does not tell.</summary>
    public async Task<bool?> IdentityAsync(Uri url, string? address, string deploymentId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Client(address, trusting: false).GetAsync(Below(url, PipelinePaths.Info), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken).ConfigureAwait(false) is { } info && (string?)info["deployment"]?["id"] == deploymentId
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>The address of a path, which is meant relative to the base; Uri's own rule would drop the base's path.</summary>
    public static Uri Below(Uri url, string path) => new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    /// <summary>Whether a call failed because nobody answered.</summary>
    public static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or SocketException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    // Asked for by itself: a resolver that takes its time looks, from a request, like a server that does.
    private static async Task<bool> IsKnownAsync(Uri url, CancellationToken cancellationToken)
    {
        if (url.HostNameType != UriHostNameType.Dns)
        {
            return true;
        }

        try
        {
            return (await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken).WaitAsync(Patience, cancellationToken).ConfigureAwait(false)).Length > 0;
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException)
        {
            return false;
        }
    }

    // Nothing is sent that is worth anything: to tell an untrusted certificate from nobody at all.
    private async Task<HttpStatusCode?> StatusOfUntrustedAsync(Uri url, string path, string? address, CancellationToken cancellationToken)
    {
        try
        {
            return await StatusAsync(url, path, Client(address, trusting: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri url, string path, HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(Below(url, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode;
    }

    private HttpClient Client(string? address, bool trusting)
    {
        var key = (address ?? "", trusting);
        if (!_clients.TryGetValue(key, out var client))
        {
            var handler = PinnedHandler.To(address);
            if (trusting)
            {
                // Any will do: the answer's status alone is looked at, and told as that of a server that is not trusted.
                handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
            }

            client = _clients[key] = new HttpClient(handler) { Timeout = Patience };
        }

        return client;
    }
}
