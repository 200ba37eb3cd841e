namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Where the cluster is. Nothing is read or called before the first use.</summary>
public sealed record ClusterConnection
{
    /// <summary>The kubeconfig file; <c>KUBECONFIG</c> or <c>~/.kube/config</c> when absent.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The context in it; the current one when absent.</summary>
    public string? Context { get; init; }

    /// <summary>Uses the service account of the pod that this process runs in.</summary>
    public bool InCluster { get; init; }
}
