namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>Whatever no other route of the host takes: what a default backend is for.</summary>
internal sealed class AnyPath : PathMatch
{
    public override int Length => -1;

    public override bool Matches(string path) => true;
}
