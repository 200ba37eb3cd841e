namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>Whether invocations are wanted.</summary>
internal enum ServingState
{
    Starting,
    Healthy,
    Draining,
}
