using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Claims to volumes stay until no pod uses them.</summary>
internal sealed class ClaimProtection : IAdmissionPlugin
{
    private const string Finalizer = "kubernetes.io/pvc-protection";

    public void Mutate(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, IsMain: true, Object: { } claim } && request.IsCore("PersistentVolumeClaim")
            && claim.MetadataOf() is var metadata && !metadata.Texts("finalizers").Contains(Finalizer))
        {
            metadata.SetTexts("finalizers", [.. metadata.Texts("finalizers"), Finalizer]);
        }
    }

    /// <summary>Lets go of the claims of a namespace that are being deleted and that no pod uses: after a deletion there.</summary>
    public static void Release(ObjectStore store, ResourceTable table, string ns)
    {
        var claims = table.Kind("v1", "PersistentVolumeClaim");
        foreach (var stored in store.ShelfOf(claims).Objects.Values.Where(claim => claim.Namespace == ns))
        {
            var claim = stored.ToJsonObject();
            if (!claim.IsBeingDeleted() || IsUsed(store, table, ns, stored.Name))
            {
                continue;
            }

            var metadata = claim.MetadataOf();
            metadata.SetTexts("finalizers", [.. metadata.Texts("finalizers").Where(finalizer => finalizer != Finalizer)]);
            if (Deleter.IsDoneWith(claim))
            {
                store.Remove(stored);
            }
            else if (metadata.Texts("finalizers").Count < stored.ToJsonObject().MetadataOf().Texts("finalizers").Count)
            {
                store.Put(claims, claim);
            }
        }
    }

    private static bool IsUsed(ObjectStore store, ResourceTable table, string ns, string claim) =>
        store.ShelfOf(table.Kind("v1", "Pod")).Objects.Values.Where(pod => pod.Namespace == ns).Any(pod =>
            (pod.ToJsonObject().Object("spec")?.Objects("volumes") ?? [])
                .Any(volume => volume.Object("persistentVolumeClaim")?.TextOf("claimName") == claim));
}
