namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>Which paths of a host a route takes.</summary>
internal abstract class PathMatch
{
    /// <summary>The longer the more specific.</summary>
    public abstract int Length { get; }

    public virtual bool IsExact => false;

    public abstract bool Matches(string path);

    /// <summary>The path that the backend is asked for.</summary>
    public virtual string Rewrite(string path) => path;
}
