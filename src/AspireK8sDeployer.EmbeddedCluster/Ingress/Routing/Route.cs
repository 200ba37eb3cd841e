namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>Requests of a kind, and where they go.</summary>
/// <param name="Host">The host in lower case, <c>*.example.com</c>, or empty for every host.</param>
/// <param name="Path">The paths of that host.</param>
/// <param name="Backend">Where they go; null for what this controller cannot serve, such as a resource as a backend.</param>
internal sealed record Route(string Host, PathMatch Path, IngressBackend? Backend)
{
    /// <summary>Whether plain HTTP is sent to the same address with https.</summary>
    public bool RedirectsToHttps { get; init; }

    /// <summary>For how long nothing may happen on a request before it is given up.</summary>
    public TimeSpan? Timeout { get; init; }
}
