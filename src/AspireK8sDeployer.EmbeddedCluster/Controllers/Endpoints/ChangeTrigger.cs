using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;

/// <summary>Tells when what changes the endpoints of a Service happened: the first of the pods' changes since the last look.</summary>
internal sealed class ChangeTrigger
{
    private readonly Dictionary<ObjectKey, (DateTime Service, Dictionary<string, DateTime> Pods)> _known = [];

    /// <summary>Null when the endpoints change for another reason than that a pod became ready or not.</summary>
    public DateTime? Since(V1Service service, IEnumerable<V1Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var created = service.Metadata.CreationTimestamp ?? default;
        var changes = pods
            .Select(pod => (pod.Metadata.Name, At: pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready")?.LastTransitionTime))
            .Where(pod => pod.At is not null)
            .ToDictionary(pod => pod.Name, pod => pod.At!.Value);

        var isKnown = _known.TryGetValue(key, out var before);
        _known[key] = (created, changes);
        if (!isKnown)
        {
            return created;
        }

        var fresh = changes.Where(change => change.Value > before.Pods.GetValueOrDefault(change.Key)).Select(change => change.Value)
            .Concat(created > before.Service ? [created] : []).ToArray();
        return fresh.Length == 0 ? null : fresh.Min();
    }

    /// <summary>Forgets a Service that is gone.</summary>
    public void Forget(ObjectKey service) => _known.Remove(service);
}
