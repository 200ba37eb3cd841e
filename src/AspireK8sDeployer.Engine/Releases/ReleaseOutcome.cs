namespace AspireK8sDeployer.Engine.Releases;

/// <summary>What became of a deploy.</summary>
public enum ReleaseOutcome
{
    /// <summary>It is going on, or was ended without a chance to say so.</summary>
    Pending,

    /// <summary>It became ready.</summary>
    Succeeded,

    /// <summary>It did not become ready, or could not be applied.</summary>
    Failed,

    /// <summary>It was stopped, or its process was.</summary>
    Interrupted,

    /// <summary>It did not become ready, and an earlier one was put back.</summary>
    RolledBack,
}
