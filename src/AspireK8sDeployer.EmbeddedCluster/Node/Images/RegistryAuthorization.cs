using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>Answers a registry's challenge: with the credentials themselves, or with a token that its token service gives for them.</summary>
internal static partial class RegistryAuthorization
{
    /// <summary>The header to try again with; null when there is nothing to offer.</summary>
    public static async Task<AuthenticationHeaderValue?> AnswerAsync(
        HttpClient client, HttpResponseMessage unauthorized, RegistryCredentials? credentials, string repository, CancellationToken cancellationToken)
    {
        var challenge = unauthorized.Headers.WwwAuthenticate.FirstOrDefault();
        if (!string.Equals(challenge?.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return credentials?.ToHeader();
        }

        var parameters = Parameter().Matches(challenge!.Parameter ?? "")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        if (!parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var service))
        {
            return null;
        }

        var scope = parameters.GetValueOrDefault("scope") ?? $"repository:{repository}:pull";
        var query = $"service={Uri.EscapeDataString(parameters.GetValueOrDefault("service") ?? "")}&scope={Uri.EscapeDataString(scope)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(service) { Query = query }.Uri);
        request.Headers.Authorization = credentials?.ToHeader();

        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        var body = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken).ConfigureAwait(false);
        var token = body?["token"]?.ToString() ?? body?["access_token"]?.ToString();
        return token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Parameter();
}
