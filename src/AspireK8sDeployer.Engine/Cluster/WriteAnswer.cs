namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What the server said of a write, as far as it concerns how many it can take.</summary>
internal enum WriteAnswer
{
    /// <summary>It took it.</summary>
    Taken,

    /// <summary>It has too much to do.</summary>
    TooMany,

    /// <summary>Something else went wrong.</summary>
    Failed,
}
