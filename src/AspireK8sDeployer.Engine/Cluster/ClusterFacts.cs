using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a cluster has, for those who look at many things at once: each is asked for once, however many ask.</summary>
internal sealed class ClusterFacts(ClusterObjects cluster, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonObject?>>> _answers = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<JsonObject>>>> _lists = new();

    public Uri Server => cluster.Server;

    /// <summary>The server's version, for example 1.30; null when it does not tell.</summary>
    public async Task<Version?> VersionAsync()
    {
        var answer = await AskAsync("version", "version of the server").ConfigureAwait(false);
        // Some providers write 29+.
        return int.TryParse(answer?.Text("major"), CultureInfo.InvariantCulture, out var major)
            && int.TryParse(answer?.Text("minor")?.TrimEnd('+'), CultureInfo.InvariantCulture, out var minor)
                ? new Version(major, minor)
                : null;
    }

    /// <summary>Whether an API group is served, in that version if one is given.</summary>
    public async Task<bool> ServesAsync(string group, string? version = null)
    {
        if (group.Length == 0)
        {
            return true;
        }

        var groups = await AskAsync("apis", "list of API groups").ConfigureAwait(false);
        return groups?.Objects("groups").FirstOrDefault(item => item.Text("name") == group) is { } found
            && (version is null || found.Objects("versions").Any(item => item.Text("version") == version));
    }

    /// <summary>One object; null when there is none, or no such kind.</summary>
    public Task<JsonObject?> GetAsync(ObjectKind kind, string? @namespace, string name) =>
        AskAsync(kind.Path(@namespace, name), kind.Id(@namespace, name).ToString());

    /// <summary>All objects of a kind, in all namespaces when none is named; none when there is no such kind.</summary>
    public Task<IReadOnlyList<JsonObject>> ListAsync(ObjectKind kind, string? @namespace) => Once(_lists, kind.Path(@namespace), async () =>
    {
        try
        {
            return (await cluster.ListAsync(kind, @namespace, ObjectSelector.All, cancellationToken).ConfigureAwait(false)).Items;
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            return [];
        }
    });

    private Task<JsonObject?> AskAsync(string path, string subject) => Once(_answers, path, async () =>
    {
        try
        {
            return await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Get, path) { Subject = subject }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            return null;
        }
    });

    private static Task<T> Once<T>(ConcurrentDictionary<string, Lazy<Task<T>>> known, string key, Func<Task<T>> ask) =>
        known.GetOrAdd(key, _ => new Lazy<Task<T>>(ask)).Value;
}
