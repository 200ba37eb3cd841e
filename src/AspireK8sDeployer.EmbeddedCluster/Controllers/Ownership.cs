using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>Which objects a controller's object controls.</summary>
internal static class Ownership
{
    public static V1OwnerReference? ControllerOf(IMetadata<V1ObjectMeta> obj) =>
        obj.Metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);

    public static bool IsControlledBy(this IMetadata<V1ObjectMeta> obj, IMetadata<V1ObjectMeta> owner) => ControllerOf(obj)?.Uid == owner.Metadata.Uid;

    public static V1OwnerReference ReferenceTo(IKubernetesObject<V1ObjectMeta> owner, string apiVersion, string kind) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>Copies of the objects that are the owner's, or may become so.</summary>
    public static IEnumerable<T> Candidates<T>(IClusterApi api, IKubernetesObject<V1ObjectMeta> owner, V1LabelSelector selector)
        where T : class, IKubernetesObject<V1ObjectMeta> => api.View<T>(owner.Metadata.NamespaceProperty)
            .Where(item => ControllerOf(item) is { } controller ? controller.Uid == owner.Metadata.Uid : LabelMatch.Matches(selector, item.Metadata.Labels))
            .Select(item => api.Get<T>(item.Metadata.NamespaceProperty, item.Metadata.Name))
            .OfType<T>();

    /// <summary>
    /// The candidates that the owner controls: matching ones that have no controller are adopted, and controlled ones that
    /// match no longer are let go.
    /// </summary>
    public static List<T> Claim<T>(
        IKubernetesObject<V1ObjectMeta> owner, V1OwnerReference reference, V1LabelSelector selector, IEnumerable<T> candidates, Func<T, T> update)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var claimed = new List<T>();
        foreach (var candidate in candidates)
        {
            var matches = LabelMatch.Matches(selector, candidate.Metadata.Labels);
            var controller = ControllerOf(candidate);
            if (controller?.Uid == owner.Metadata.Uid)
            {
                if (matches)
                {
                    claimed.Add(candidate);
                }
                else if (owner.Metadata.DeletionTimestamp is null)
                {
                    candidate.Metadata.OwnerReferences.Remove(controller!);
                    update(candidate);
                }
            }
            else if (controller is null && matches && owner.Metadata.DeletionTimestamp is null && candidate.Metadata.DeletionTimestamp is null)
            {
                (candidate.Metadata.OwnerReferences ??= []).Add(reference);
                claimed.Add(update(candidate));
            }
        }

        return claimed;
    }
}
