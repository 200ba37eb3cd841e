using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>Reads one image from its registry. Failures are worded as containerd words them.</summary>
internal sealed class RegistryClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private static readonly MediaTypeWithQualityHeaderValue[] ManifestTypes =
    [
        new("application/vnd.docker.distribution.manifest.v2+json"),
        new("application/vnd.docker.distribution.manifest.list.v2+json"),
        new("application/vnd.oci.image.manifest.v1+json"),
        new("application/vnd.oci.image.index.v1+json"),
    ];

    private readonly HttpClient _client;
    private readonly string _image;
    private readonly ImageReference _reference;
    private readonly IReadOnlyList<RegistryCredentials> _credentials;
    private AuthenticationHeaderValue? _authorization;

    /// <param name="image">The name as the pod has it, for messages.</param>
    /// <param name="reference">The same, taken apart.</param>
    /// <param name="address">Where the registry really is.</param>
    /// <param name="credentials">What to try, in order, when the registry asks for credentials.</param>
    public RegistryClient(string image, ImageReference reference, Uri address, IReadOnlyList<RegistryCredentials> credentials)
    {
        _image = image;
        _reference = reference;
        _credentials = credentials;
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = !address.IsLoopback })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan, // a layer takes as long as it takes; the pull is bounded as a whole
        };
    }

    /// <summary>The credentials that were accepted; null while none were asked for.</summary>
    public RegistryCredentials? Accepted { get; private set; }

    public void Dispose() => _client.Dispose();

    /// <summary>The manifest of a tag or digest, with the digest that its bytes have.</summary>
    public async Task<StoredManifest> GetManifestAsync(string target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync($"manifests/{target}", ManifestTypes, cancellationToken).ConfigureAwait(false);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var digest = ContentDigest.Of(content);
        if (ContentDigest.TryParse(target, out var expected) && expected != digest)
        {
            throw ImagePullException.Unpack(_image, $"failed commit on ref \"manifest-{expected}\": unexpected commit digest {digest}, expected {expected}: failed precondition");
        }

        return new StoredManifest(digest, response.Content.Headers.ContentType?.MediaType ?? "", content);
    }

    /// <summary>Copies a blob to a file; fails when its content is not what its digest says.</summary>
    public async Task DownloadAsync(ContentDigest digest, string file, CancellationToken cancellationToken)
    {
        using var response = await SendAsync($"blobs/{digest}", [], cancellationToken).ConfigureAwait(false);
        ContentDigest actual;
        var stream = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            await response.Content.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            actual = await ContentDigest.OfAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        if (actual != digest)
        {
            throw ImagePullException.Unpack(_image, $"failed commit on ref \"layer-{digest}\": unexpected commit digest {actual}, expected {digest}: failed precondition");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, IReadOnlyList<MediaTypeWithQualityHeaderValue> accept, CancellationToken cancellationToken)
    {
        var response = await TryAsync(path, accept, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response = await AuthorizeAsync(response, path, accept, cancellationToken).ConfigureAwait(false);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        var status = response.StatusCode;
        response.Dispose();
        throw status switch
        {
            HttpStatusCode.NotFound => ImagePullException.NotFound(_image),
            HttpStatusCode.Unauthorized => ImagePullException.Resolve(
                _image,
                "pull access denied, repository does not exist or may require authorization: authorization failed: "
                + (_credentials.Count == 0 ? "no basic auth credentials" : "the credentials were not accepted")),
            HttpStatusCode.Forbidden => ImagePullException.Resolve(
                _image, "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"),
            _ => ImagePullException.Resolve(
                _image, $"unexpected status from HEAD request to {Shown(path)}: {(int)status} {status}"),
        };
    }

    private async Task<HttpResponseMessage> AuthorizeAsync(
        HttpResponseMessage unauthorized, string path, IReadOnlyList<MediaTypeWithQualityHeaderValue> accept, CancellationToken cancellationToken)
    {
        // A token service may give a token to anybody, so that none at all is tried too.
        RegistryCredentials?[] offers = _credentials.Count == 0 ? [null] : [.. _credentials];
        foreach (var credentials in offers)
        {
            var answer = await RegistryAuthorization
                .AnswerAsync(_client, unauthorized, credentials, _reference.Repository, cancellationToken).ConfigureAwait(false);
            if (answer is null)
            {
                continue;
            }

            _authorization = answer;
            unauthorized.Dispose();
            unauthorized = await TryAsync(path, accept, cancellationToken).ConfigureAwait(false);
            if (unauthorized.StatusCode != HttpStatusCode.Unauthorized)
            {
                Accepted = credentials;
                break;
            }
        }

        return unauthorized;
    }

    private async Task<HttpResponseMessage> TryAsync(
        string path, IReadOnlyList<MediaTypeWithQualityHeaderValue> accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/{_reference.Repository}/{path}");
        request.Headers.Authorization = _authorization;
        foreach (var type in accept)
        {
            request.Headers.Accept.Add(type);
        }

        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw ImagePullException.Resolve(_image, $"failed to do request: Head \"{Shown(path)}\": {Explain(e)}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw ImagePullException.Resolve(
                _image, $"failed to do request: Head \"{Shown(path)}\": dial tcp {_client.BaseAddress!.Authority}: i/o timeout", e);
        }
    }

    private string Shown(string path) => $"https://{_reference.Registry}/v2/{_reference.Repository}/{path}";

    private string Explain(HttpRequestException e)
    {
        var host = _client.BaseAddress!.Host;
        return (e.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => $"dial tcp {Numeric(host)}:{_client.BaseAddress.Port}: connect: connection refused",
            SocketError.HostNotFound or SocketError.NoData => $"dial tcp: lookup {host} on {NameServer()}:53: no such host",
            SocketError.TryAgain => $"dial tcp: lookup {host} on {NameServer()}:53: server misbehaving",
            SocketError.NetworkUnreachable => $"dial tcp {host}:{_client.BaseAddress.Port}: connect: network is unreachable",
            SocketError.HostUnreachable => $"dial tcp {host}:{_client.BaseAddress.Port}: connect: no route to host",
            SocketError.TimedOut => $"dial tcp {host}:{_client.BaseAddress.Port}: i/o timeout",
            _ => e.InnerException?.Message ?? e.Message,
        };
    }

    private static string Numeric(string host) => host == "localhost" ? "127.0.0.1" : host;

    private static string NameServer()
    {
        const string Configuration = "/etc/resolv.conf";
        var line = File.Exists(Configuration)
            ? File.ReadLines(Configuration).FirstOrDefault(line => line.StartsWith("nameserver ", StringComparison.Ordinal))
            : null;
        return line?["nameserver ".Length..].Trim() ?? "127.0.0.1";
    }
}
