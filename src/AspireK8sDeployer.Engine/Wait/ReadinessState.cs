namespace AspireK8sDeployer.Engine.Wait;

internal enum ReadinessState
{
    InProgress,
    Ready,

    /// <summary>The controller has given up.</summary>
    Stalled,

    /// <summary>Somebody has paused it: nothing more will happen, and that is meant so.</summary>
    Paused,

    /// <summary>It is being deleted.</summary>
    Terminating,

    /// <summary>It is not there.</summary>
    Absent,
}
