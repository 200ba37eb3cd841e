using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Asks a registry what it has, by the OCI distribution protocol, with the two ways to log in that registries use.</summary>
internal sealed partial class ContainerRegistry(HttpClient http)
{
    private const string Code = "K8SD802";

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <summary>The digest of an image, or null when the registry has no such tag.</summary>
    public async Task<string?> FindDigestAsync(ImageReference image, ImageCredentials? credentials, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await AskAsync(image, credentials, cancellationToken).ConfigureAwait(false);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => null,
                HttpStatusCode.OK when DigestOf(response) is { } digest => digest,
                HttpStatusCode.OK => throw Failure(image, "it does not tell the image's digest", "use a registry that answers with Docker-Content-Digest"),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw Failure(
                    image, $"it refuses {(credentials is null ? "callers without credentials" : $"the user {credentials.User}")} ({(int)response.StatusCode})",
                    $"log in with 'docker login {image.Registry}', or correct the credentials"),
                var status => throw Failure(image, $"it answers {(int)status} {response.ReasonPhrase}", "look at the registry's own log, and deploy again"),
            };
        }
        catch (HttpRequestException failure)
        {
            throw Failure(image, failure.Message, "start the registry, or name another one with .WithContainerRegistry(registry)", failure);
        }
        catch (TaskCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(image, $"it did not answer in {http.Timeout.TotalSeconds:0} s", "check the network, or name another one with .WithContainerRegistry(registry)", failure);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(ImageReference image, ImageCredentials? credentials, CancellationToken cancellationToken)
    {
        var response = await SendAsync(image, authorization: null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        var challenges = response.Headers.WwwAuthenticate.ToList();
        var authorization = challenges.Any(challenge => challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            ? BasicOf(credentials)
            : await TokenOfAsync(image, challenges, credentials, cancellationToken).ConfigureAwait(false);
        if (authorization is null)
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(image, authorization, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(ImageReference image, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var address = new Uri(RegistryHost.AddressOf(image.Registry), $"v2/{image.Repository}/manifests/{image.Reference}");
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        request.Headers.Authorization = authorization;
        foreach (var type in ManifestTypes)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    // Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:app:pull"
    private async Task<AuthenticationHeaderValue?> TokenOfAsync(
        ImageReference image, List<AuthenticationHeaderValue> challenges, ImageCredentials? credentials, CancellationToken cancellationToken)
    {
        var bearer = challenges.Find(challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter;
        var fields = ChallengeField().Matches(bearer ?? "").DistinctBy(match => match.Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        if (!fields.TryGetValue("realm", out var realm))
        {
            return null;
        }

        var query = fields.Where(field => field.Key is "service" or "scope").Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}");
        var address = TokenServer(image, realm);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new UriBuilder(address) { Query = string.Join('&', query.Prepend(address.Query.TrimStart('?')).Where(part => part.Length > 0)) }.Uri);
        request.Headers.Authorization = BasicOf(credentials);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        return ReadToken(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)) is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw Failure(image, $"its token server {address} gives no token", "look at the token server's own log, and deploy again");
    }

    // The registry chooses who gets the password; that it travels encrypted, or stays on this machine, we insist on.
    private static Uri TokenServer(ImageReference image, string realm) =>
        Uri.TryCreate(realm, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && RegistryHost.IsLoopback(address.Authority)))
            ? address
            : throw Failure(image, $"it sends logins to \"{realm}\", which is no https address", "correct the registry's token realm, or use another registry");

    private static string? ReadToken(string answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer);
            return JsonText.Of(body.RootElement, "token") ?? JsonText.Of(body.RootElement, "access_token");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AuthenticationHeaderValue? BasicOf(ImageCredentials? credentials) => credentials is null
        ? null
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")));

    private static string? DigestOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values) ? values.FirstOrDefault() : null;

    private static DeploymentException Failure(ImageReference image, string cause, string fix, Exception? inner = null) =>
        new(Code, "image", $"Registry {image.Registry} cannot be asked for {image.Repository}: {cause}", fix, inner);

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex ChallengeField();
}
