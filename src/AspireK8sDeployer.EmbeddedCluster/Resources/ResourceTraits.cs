namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>Where kinds differ in how they are written and deleted.</summary>
[Flags]
internal enum ResourceTraits
{
    None = 0,

    /// <summary>A PUT of an object that is not there creates it.</summary>
    CreateOnUpdate = 1,

    /// <summary>A PUT must name the resourceVersion that it replaces.</summary>
    LockedUpdate = 2,

    /// <summary>Deleting answers with the object instead of a Status.</summary>
    ReturnsDeleted = 4,

    /// <summary>Dependents are left alone unless the deleter says otherwise.</summary>
    OrphansByDefault = 8,

    /// <summary>Garbage collection does not look at it: propagation is meaningless.</summary>
    NoPropagation = 16,
}
