namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>This path and no other; a trailing slash makes another.</summary>
internal sealed class ExactPath(string exact) : PathMatch
{
    public override int Length => exact.Length;

    public override bool IsExact => true;

    public override bool Matches(string path) => path == exact;
}
