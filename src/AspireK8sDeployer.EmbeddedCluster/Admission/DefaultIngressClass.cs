using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>An Ingress that names no class gets the cluster's default one; the newest, should there be several.</summary>
internal sealed class DefaultIngressClass(ObjectStore store, ResourceTable table) : IAdmissionPlugin
{
    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    private readonly ResourceDefinition _classes = table.Kind("networking.k8s.io/v1", "IngressClass");

    public void Mutate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create, IsMain: true, Object: { } ingress }
            || request.Write.Resource is not { Group: "networking.k8s.io", Kind: "Ingress" })
        {
            return;
        }

        var spec = ingress.ObjectOrNew("spec");
        if (spec.Has("ingressClassName") || ingress.MetadataOf().Object("annotations")?.Has(ClassAnnotation) == true)
        {
            return;
        }

        var chosen = store.ShelfOf(_classes).Objects.Values
            .Select(stored => stored.ToJsonObject().MetadataOf())
            .Where(metadata => metadata.Object("annotations")?.TextOf(DefaultAnnotation) == "true")
            .OrderByDescending(metadata => metadata.TextOf("creationTimestamp"), StringComparer.Ordinal)
            .ThenBy(metadata => metadata.TextOf("name"), StringComparer.Ordinal)
            .FirstOrDefault();
        if (chosen is not null)
        {
            spec["ingressClassName"] = chosen.TextOf("name");
        }
    }
}
