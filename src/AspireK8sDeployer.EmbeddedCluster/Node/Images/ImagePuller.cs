using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>Brings the images of pods to the node, with the credentials that the pod names.</summary>
/// <param name="api">Where pull secrets are.</param>
/// <param name="store">The images of the node.</param>
/// <param name="registry">The cluster's own registry, which the node may always pull from.</param>
/// <param name="formerHosts">Names that the own registry had before a restart, when it listened elsewhere.</param>
internal sealed class ImagePuller(IClusterApi api, ImageStore store, RegistryServer registry, IReadOnlyCollection<string> formerHosts)
{
    public LocalImage? Find(ImageReference reference) => store.Find(reference);

    /// <summary>Removes the images that the cluster has no use for.</summary>
    public Task PruneAsync(DateTimeOffset now) => store.PruneAsync(api.List<V1Pod>().Items.SelectMany(ReferencesOf), now);

    /// <summary>The pull secrets that are named but not there.</summary>
    public IReadOnlyList<string> MissingSecrets(V1Pod pod) =>
        [.. SecretNames(pod).Where(name => api.Get<V1Secret>(pod.Metadata.NamespaceProperty, name) is null)];

    /// <summary>Whether the pod may use an image that is on the node, which need not be so when others pulled it.</summary>
    public bool IsAccessible(LocalImage image, ImageReference reference, V1Pod pod) => store.IsAccessible(image, CredentialsOf(pod, reference));

    public Task<LocalImage> PullAsync(string name, ImageReference reference, V1Pod pod, CancellationToken cancellationToken) => store.PullAsync(
        name,
        reference,
        IsOurs(reference) ? new Uri($"http://127.0.0.1:{registry.Port}") : AddressOf(reference.Registry),
        [.. CredentialsOf(pod, reference)],
        cancellationToken);

    private bool IsOurs(ImageReference reference) => reference.Registry == registry.Host || formerHosts.Contains(reference.Registry);

    /// <summary>The pod's, and for the cluster's own registry the node's.</summary>
    private IEnumerable<RegistryCredentials> CredentialsOf(V1Pod pod, ImageReference reference)
    {
        var credentials = SecretNames(pod)
            .Select(secret => api.Get<V1Secret>(pod.Metadata.NamespaceProperty, secret))
            .OfType<V1Secret>()
            .SelectMany(secret => CredentialsFor(reference.Registry, secret));
        return IsOurs(reference) ? credentials.Append(registry.Credentials) : credentials;
    }

    private static IEnumerable<ImageReference> ReferencesOf(V1Pod pod)
    {
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []))
        {
            ImageReference reference;
            try
            {
                reference = ImageReference.Parse(container.Image ?? "");
            }
            catch (FormatException)
            {
                continue; // its pod says so
            }

            yield return reference;
        }
    }

    private static Uri AddressOf(string host)
    {
        var name = host.Split(':')[0];
        var scheme = name is "localhost" || name.StartsWith("127.", StringComparison.Ordinal) ? "http" : "https";
        return new Uri($"{scheme}://{(host == "docker.io" ? "registry-1.docker.io" : host)}");
    }

    private static IEnumerable<string> SecretNames(V1Pod pod) =>
        (pod.Spec.ImagePullSecrets ?? []).Select(reference => reference.Name).Where(name => !string.IsNullOrEmpty(name));

    private static IEnumerable<RegistryCredentials> CredentialsFor(string host, V1Secret secret)
    {
        if (secret.Data?.TryGetValue(".dockerconfigjson", out var json) != true)
        {
            yield break;
        }

        JsonObject? servers;
        try
        {
            servers = JsonNode.Parse(json!)?["auths"] as JsonObject;
        }
        catch (JsonException)
        {
            yield break; // the kubelet goes on without it, too
        }

        foreach (var (server, entry) in servers ?? [])
        {
            if (Matches(server, host) && Read(entry as JsonObject) is { } credentials)
            {
                yield return credentials;
            }
        }
    }

    private static bool Matches(string server, string host)
    {
        var authority = server.Contains("://", StringComparison.Ordinal) ? server[(server.IndexOf("://", StringComparison.Ordinal) + 3)..] : server;
        authority = authority.Split('/')[0];
        return authority.Equals(host, StringComparison.OrdinalIgnoreCase) || (host == "docker.io" && authority is "index.docker.io" or "registry-1.docker.io");
    }

    private static RegistryCredentials? Read(JsonObject? entry)
    {
        if (entry?["username"]?.ToString() is { Length: > 0 } user)
        {
            return new RegistryCredentials(user, entry["password"]?.ToString() ?? "");
        }

        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(entry?["auth"]?.ToString() ?? "")).Split(':', 2);
            return pair.Length == 2 ? new RegistryCredentials(pair[0], pair[1]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
