using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>An Ingress as it is served.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Created">When it was made: of two that want the same, the older gets it.</param>
/// <param name="Routes">Its rules.</param>
/// <param name="Default">Its default backend, when it has no rules.</param>
internal sealed record ServedIngress(ObjectKey Key, DateTime Created, IReadOnlyList<Route> Routes, Route? Default)
{
    public IReadOnlyList<ServedCertificate> Certificates { get; init; } = [];

    /// <summary>The Secrets that it names for TLS, there or not.</summary>
    public IReadOnlyList<ObjectKey> Secrets { get; init; } = [];

    public IEnumerable<IngressBackend> Backends =>
        (Default is null ? Routes : Routes.Append(Default)).Where(route => route.Backend is not null).Select(route => route.Backend!.Value).Distinct();
}
