using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Objects as they were at one version of the cluster.</summary>
internal sealed record ObjectList(IReadOnlyList<JsonObject> Items, string ResourceVersion);
