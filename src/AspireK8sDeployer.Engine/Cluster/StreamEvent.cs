using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a stream of objects tells.</summary>
/// <param name="Kind">The kind it is about.</param>
/// <param name="Change">What happened.</param>
/// <param name="Objects">All objects for a reset, one otherwise, none when they may not be read.</param>
internal sealed record StreamEvent(ObjectKind Kind, StreamChange Change, IReadOnlyList<JsonObject> Objects);

internal enum StreamChange
{
    /// <summary>These are all there are; what was known before is void.</summary>
    Reset,

    /// <summary>It is new, or changed.</summary>
    Set,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>The user may not read this kind; nothing more comes.</summary>
    Denied,
}
