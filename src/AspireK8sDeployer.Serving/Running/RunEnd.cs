namespace AspireK8sDeployer.Serving.Running;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    Succeeded,
    Failed,
    TimedOut,

    /// <summary>Its caller went away.</summary>
    Abandoned,

    /// <summary>The process stops, and the run was not done in time.</summary>
    ShutDown,
}
