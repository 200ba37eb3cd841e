using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Nothing is created in a namespace that is missing or going, and some namespaces never go.</summary>
internal sealed class NamespaceLifecycle(ObjectStore store, ResourceTable table) : IAdmissionPlugin
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    private readonly ResourceDefinition _namespaces = table.Kind("v1", "Namespace");

    public void Mutate(AdmissionRequest request)
    {
        var write = request.Write;
        if (request.Operation == AdmissionOperation.Delete)
        {
            if (write.Resource == _namespaces && Immortal.Contains(write.Name))
            {
                throw ApiException.Forbidden(_namespaces, write.Name, "this namespace may not be deleted");
            }

            return;
        }

        // Access reviews may be asked about a namespace that is not there.
        if (!write.Resource.Namespaced || write.Resource.Group == "authorization.k8s.io")
        {
            return;
        }

        if (store.Get(_namespaces, "", write.Namespace) is not { } ns)
        {
            throw ApiException.NotFound(_namespaces, write.Namespace);
        }

        if (request.Operation == AdmissionOperation.Create && request.IsMain && ns.ToJsonObject().IsBeingDeleted())
        {
            throw ApiException.Forbidden(
                write.Resource,
                write.Name,
                $"unable to create new content in namespace {write.Namespace} because it is being terminated",
                [new StatusCause("NamespaceTerminating", $"namespace {write.Namespace} is being terminated", "metadata.namespace")]);
        }
    }
}
