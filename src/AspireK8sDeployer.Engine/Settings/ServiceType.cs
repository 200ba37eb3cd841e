namespace AspireK8sDeployer.Engine.Settings;

/// <summary>How the pipeline is reached from outside its pods.</summary>
public enum ServiceType
{
    /// <summary>An address of its own from the cluster's load balancer; the default.</summary>
    LoadBalancer,

    /// <summary>A port on every node.</summary>
    NodePort,

    /// <summary>Inside the cluster only.</summary>
    ClusterIP,
}
