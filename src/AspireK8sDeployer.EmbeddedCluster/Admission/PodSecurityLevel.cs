namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>The three levels of the Pod Security Standards; each forbids more.</summary>
internal enum PodSecurityLevel
{
    Privileged,
    Baseline,
    Restricted,
}
