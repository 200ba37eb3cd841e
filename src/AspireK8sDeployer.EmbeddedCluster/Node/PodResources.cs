using k8s.Models;
using Amount = AspireK8sDeployer.EmbeddedCluster.Schema.Quantity;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>What a pod's containers ask for and may use, as the kubelet writes it into the status. Pure.</summary>
internal static class PodResources
{
    /// <summary>What a container asks for; null when it asks for nothing.</summary>
    public static Dictionary<string, ResourceQuantity>? Requests(V1Container container) => Of(container.Resources?.Requests);

    /// <summary>Both; null when there is neither.</summary>
    public static V1ResourceRequirements? OfContainer(V1Container container) =>
        Both(Of(container.Resources?.Limits), Requests(container));

    /// <summary>The pod's own, by the same rule that the scheduler follows; null when there are none.</summary>
    public static V1ResourceRequirements? OfPod(V1PodSpec spec) =>
        Both(Total(spec, container => container.Resources?.Limits), Total(spec, container => container.Resources?.Requests));

    private static V1ResourceRequirements? Both(Dictionary<string, ResourceQuantity>? limits, Dictionary<string, ResourceQuantity>? requests) =>
        limits is null && requests is null ? null : new V1ResourceRequirements { Limits = limits, Requests = requests };

    private static Dictionary<string, ResourceQuantity>? Of(IDictionary<string, ResourceQuantity>? amounts) =>
        amounts is { Count: > 0 } ? new(amounts) : null;

    /// <summary>All that run together, but at least what the most demanding init container needs beside the sidecars before it.</summary>
    private static Dictionary<string, ResourceQuantity>? Total(V1PodSpec spec, Func<V1Container, IDictionary<string, ResourceQuantity>?> select)
    {
        var together = new Dictionary<string, Amount>();
        var initial = new Dictionary<string, Amount>();
        foreach (var container in spec.InitContainers ?? [])
        {
            if (container.RestartPolicy == "Always")
            {
                Add(together, select(container));
                Raise(initial, together);
            }
            else
            {
                var needed = new Dictionary<string, Amount>(together);
                Add(needed, select(container));
                Raise(initial, needed);
            }
        }

        foreach (var container in spec.Containers)
        {
            Add(together, select(container));
        }

        Raise(together, initial);
        return together.Count == 0 ? null : together.ToDictionary(entry => entry.Key, entry => new ResourceQuantity(entry.Value.ToString()));
    }

    private static void Add(Dictionary<string, Amount> to, IDictionary<string, ResourceQuantity>? amounts)
    {
        foreach (var (name, amount) in amounts ?? new Dictionary<string, ResourceQuantity>())
        {
            var parsed = Amount.Parse(amount.ToString());
            to[name] = to.TryGetValue(name, out var before) ? before + parsed : parsed;
        }
    }

    private static void Raise(Dictionary<string, Amount> amounts, Dictionary<string, Amount> least)
    {
        foreach (var (name, amount) in least)
        {
            if (!amounts.TryGetValue(name, out var current) || current.CompareTo(amount) < 0)
            {
                amounts[name] = amount;
            }
        }
    }
}
