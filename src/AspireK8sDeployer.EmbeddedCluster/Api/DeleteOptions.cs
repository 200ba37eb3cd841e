namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>How an object is deleted; what is null is left to the kind's default.</summary>
internal sealed record DeleteOptions
{
    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>How long a pod has to end; 0 removes it at once.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Deletes only the object with this uid; 409 otherwise.</summary>
    public string? Uid { get; init; }

    /// <summary>Deletes only this version of the object; 409 otherwise.</summary>
    public string? ResourceVersion { get; init; }

    public bool DryRun { get; init; }
}
