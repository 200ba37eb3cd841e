using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Volumes;

/// <summary>What claims to volumes say, and which volumes suit them.</summary>
internal static class Claims
{
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";
    public const string SelectedNode = "volume.kubernetes.io/selected-node";
    private const string OldClass = "volume.beta.kubernetes.io/storage-class";
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>The claims that a pod mounts.</summary>
    public static IEnumerable<string> NamesOf(V1Pod pod) =>
        (pod.Spec.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>().Distinct();

    public static bool IsBound(V1PersistentVolumeClaim claim) => claim.Status?.Phase == "Bound" && !string.IsNullOrEmpty(claim.Spec.VolumeName);

    /// <summary>The name of its class; empty when it has none.</summary>
    public static string ClassOf(V1PersistentVolumeClaim claim) => claim.GetAnnotation(OldClass) ?? claim.Spec.StorageClassName ?? "";

    /// <summary>Whether its class leaves the choice of a volume to the first pod that uses it.</summary>
    public static bool WaitsForConsumer(IClusterApi api, V1PersistentVolumeClaim claim) =>
        ClassOf(claim) is { Length: > 0 } name && api.Get<V1StorageClass>(null, name)?.VolumeBindingMode == "WaitForFirstConsumer";

    /// <summary>
    /// Says where the first pod of a claim will run: a volume that suits it becomes its own, or else whoever makes volumes
    /// of its class is asked for one. False when there is neither.
    /// </summary>
    public static bool Place(IClusterApi api, V1PersistentVolumeClaim claim, string node, string manager)
    {
        if (Find(api, claim) is { } volume)
        {
            volume.Spec.ClaimRef = ReferenceTo(claim);
            volume.SetAnnotation(BoundByController, "yes");
            api.Update(volume, manager);
            return true;
        }

        if (api.Get<V1StorageClass>(null, ClassOf(claim))?.Provisioner == NoProvisioner)
        {
            return false;
        }

        if (claim.GetAnnotation(SelectedNode) != node)
        {
            claim.SetAnnotation(SelectedNode, node);
            api.Update(claim, manager);
        }

        return true;
    }

    /// <summary>The smallest volume that suits the claim; one that is meant for it comes first.</summary>
    public static V1PersistentVolume? Find(IClusterApi api, V1PersistentVolumeClaim claim, bool onlyMeant = false) => api.List<V1PersistentVolume>().Items
        .Where(volume => volume.Metadata.DeletionTimestamp is null && (IsMeantFor(volume, claim) || (!onlyMeant && volume.Spec.ClaimRef is null)) && Mismatch(volume, claim) is null)
        .Where(volume => IsMeantFor(volume, claim) || LabelMatch.Matches(claim.Spec.Selector ?? new V1LabelSelector(), volume.Metadata.Labels))
        .OrderByDescending(volume => IsMeantFor(volume, claim))
        .ThenBy(Capacity)
        .ThenBy(volume => volume.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    public static bool IsMeantFor(V1PersistentVolume volume, V1PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference
        && reference.Name == claim.Metadata.Name
        && reference.NamespaceProperty == claim.Metadata.NamespaceProperty
        && (string.IsNullOrEmpty(reference.Uid) || reference.Uid == claim.Metadata.Uid);

    /// <summary>Why the volume does not suit the claim; null when it does.</summary>
    public static string? Mismatch(V1PersistentVolume volume, V1PersistentVolumeClaim claim)
    {
        var asked = claim.Spec.Resources?.Requests?.TryGetValue("storage", out var storage) == true ? Quantity.Value(storage) : 0;
        return Capacity(volume) < asked ? "requested PV is too small"
            : (volume.Spec.StorageClassName ?? "") != ClassOf(claim) ? "storageClassName does not match"
            : (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem") ? "incompatible volumeMode"
            : !(claim.Spec.AccessModes ?? []).All(mode => (volume.Spec.AccessModes ?? []).Contains(mode)) ? "incompatible accessMode"
            : null;
    }

    public static V1ObjectReference ReferenceTo(V1PersistentVolumeClaim claim) => new()
    {
        Kind = "PersistentVolumeClaim",
        NamespaceProperty = claim.Metadata.NamespaceProperty,
        Name = claim.Metadata.Name,
        Uid = claim.Metadata.Uid,
        ApiVersion = "v1",
        ResourceVersion = claim.Metadata.ResourceVersion,
    };

    private static decimal Capacity(V1PersistentVolume volume) =>
        volume.Spec.Capacity?.TryGetValue("storage", out var capacity) == true ? Quantity.Value(capacity) : 0;
}
