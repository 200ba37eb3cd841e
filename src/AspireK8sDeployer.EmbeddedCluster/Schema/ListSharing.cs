namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>How several writers share a list.</summary>
internal enum ListSharing
{
    /// <summary>One writer owns it whole.</summary>
    Atomic,

    /// <summary>Every value is owned by itself.</summary>
    Set,

    /// <summary>Elements are told apart by their keys and owned field by field.</summary>
    Map,
}
