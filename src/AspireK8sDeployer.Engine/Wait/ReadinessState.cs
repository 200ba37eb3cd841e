namespace AspireK8sDeployer.Engine.Wait;

internal enum ReadinessState
{
    InProgress,
    Ready,
    Stalled,
}
