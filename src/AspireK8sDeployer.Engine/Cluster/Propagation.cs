namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What becomes of an object's dependents when it is deleted; the names are the API's.</summary>
internal enum Propagation
{
    /// <summary>They go after it.</summary>
    Background,

    /// <summary>It goes after them.</summary>
    Foreground,

    /// <summary>They stay.</summary>
    Orphan,
}
