using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

internal enum WatchEventType
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One change of one object. For a deletion <paramref name="Object"/> is its last state, with the version of the deletion.</summary>
internal sealed record WatchEvent(WatchEventType Type, JsonObject Object, long ResourceVersion);

/// <summary>The same with a typed object.</summary>
internal sealed record WatchEvent<T>(WatchEventType Type, T Object, long ResourceVersion);
