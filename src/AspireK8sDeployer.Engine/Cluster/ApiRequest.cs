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

    public string Address => Query.Count == 0
        ? Path
        : $"{Path}?{string.Join('&', Query.Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value)}"))}";
}
