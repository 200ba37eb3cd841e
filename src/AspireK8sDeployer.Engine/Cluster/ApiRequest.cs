using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One call of the API, complete enough to be made again.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public JsonNode? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>What the call is about, for messages.</summary>
    public string? Subject { get; init; }

    /// <summary>How long its answer may take; as long as any when absent.</summary>
    public TimeSpan? Patience { get; init; }

    public bool IsWrite => Method != HttpMethod.Get;

    public bool IsDryRun => Query.ContainsKey("dryRun");

    public bool IsWatch => Query.ContainsKey("watch");

    /// <summary>Whether it is about a lock, which must neither wait nor count.</summary>
    public bool IsOfLock => Path.Contains($"/{ObjectKind.Lease.Plural}", StringComparison.Ordinal);

    /// <summary>The namespace that it is in; null when it is about the cluster.</summary>
    public string? Namespace => Path.Split('/') is var parts && Array.IndexOf(parts, "namespaces") is >= 0 and var index && index + 2 < parts.Length ? parts[index + 1] : null;

    public string Address => Query.Count == 0
        ? Path
        : $"{Path}?{string.Join('&', Query.Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value)}"))}";
}
