namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>The path and everything below it, by whole elements: <c>/foo</c> has <c>/foo/bar</c> and not <c>/foobar</c>.</summary>
internal sealed class PrefixPath(string prefix) : PathMatch
{
    private readonly string _prefix = prefix.TrimEnd('/');

    public override int Length => _prefix.Length;

    public override bool Matches(string path) =>
        path.StartsWith(_prefix, StringComparison.Ordinal) && (path.Length == _prefix.Length || path[_prefix.Length] == '/');
}
