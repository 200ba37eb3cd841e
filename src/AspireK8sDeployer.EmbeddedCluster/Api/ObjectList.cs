using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Objects as they were at one version of the store; watch from that version to miss nothing.</summary>
internal sealed record ObjectList(IReadOnlyList<JsonObject> Items, long ResourceVersion);

/// <summary>The same with typed objects.</summary>
internal sealed record ObjectList<T>(IReadOnlyList<T> Items, long ResourceVersion);
