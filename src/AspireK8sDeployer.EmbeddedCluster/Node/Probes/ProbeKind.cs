namespace AspireK8sDeployer.EmbeddedCluster.Node.Probes;

internal enum ProbeKind
{
    Startup,
    Liveness,
    Readiness,
}
