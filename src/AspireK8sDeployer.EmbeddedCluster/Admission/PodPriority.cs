using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Turns a pod's priority class into a number.</summary>
internal sealed class PodPriority(ObjectStore store, ResourceTable table) : IAdmissionPlugin
{
    private readonly ResourceDefinition _classes = table.Kind("scheduling.k8s.io/v1", "PriorityClass");

    public void Mutate(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Create, IsMain: true, Object: { } pod } || !request.IsCore("Pod"))
        {
            return;
        }

        var spec = pod.ObjectOrNew("spec");
        long priority = 0;
        var preemption = "PreemptLowerPriority";
        var name = spec.TextOf("priorityClassName");
        var found = name.Length > 0
            ? store.Get(_classes, "", name)?.ToJsonObject()
            : store.ShelfOf(_classes).Objects.Values.Select(stored => stored.ToJsonObject()).FirstOrDefault(c => c.Flag("globalDefault"));
        if (found is not null)
        {
            spec["priorityClassName"] = found.MetadataOf().TextOf("name");
            priority = found.NumberOf("value") ?? 0;
            preemption = found.TextOf("preemptionPolicy") is { Length: > 0 } policy ? policy : preemption;
        }
        else if (name.Length > 0)
        {
            throw ApiException.Forbidden(request.Write.Resource, request.EarlyName, $"no PriorityClass with name {name} was found");
        }

        if (spec.NumberOf("priority") is { } given && given != priority)
        {
            throw ApiException.Forbidden(
                request.Write.Resource,
                request.EarlyName,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }

        spec["priority"] = priority;
        if (spec.TextOf("preemptionPolicy") is { Length: > 0 } wanted && wanted != preemption)
        {
            throw ApiException.Forbidden(
                request.Write.Resource,
                request.EarlyName,
                $"the string value of PreemptionPolicy ({wanted}) must not be provided in pod spec; priority admission controller computed {preemption} from the given PriorityClass name");
        }

        spec["preemptionPolicy"] = preemption;
    }
}
