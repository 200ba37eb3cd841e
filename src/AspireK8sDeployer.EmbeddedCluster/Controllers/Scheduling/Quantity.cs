using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;

/// <summary>Adds up resources.</summary>
internal static class Quantity
{
    public static decimal Value(ResourceQuantity? quantity) => quantity is null ? 0 : quantity.ToDecimal();

    /// <summary>
    /// What a pod asks for: the sum of its containers, but at least what the biggest init container needs, and one of
    /// <c>pods</c>.
    /// </summary>
    public static Dictionary<string, decimal> Requests(V1PodSpec spec)
    {
        var total = new Dictionary<string, decimal>();
        var sidecars = new Dictionary<string, decimal>();
        var initial = new Dictionary<string, decimal>();
        foreach (var container in spec.InitContainers ?? [])
        {
            if (container.RestartPolicy == "Always")
            {
                Add(sidecars, container);
            }
            else
            {
                foreach (var (name, value) in OfContainer(container))
                {
                    initial[name] = Math.Max(initial.GetValueOrDefault(name), value + sidecars.GetValueOrDefault(name));
                }
            }
        }

        foreach (var container in spec.Containers)
        {
            Add(total, container);
        }

        foreach (var name in sidecars.Keys.Concat(initial.Keys).Distinct().ToArray())
        {
            total[name] = Math.Max(total.GetValueOrDefault(name) + sidecars.GetValueOrDefault(name), initial.GetValueOrDefault(name));
        }

        foreach (var (name, value) in spec.Overhead ?? new Dictionary<string, ResourceQuantity>())
        {
            total[name] = total.GetValueOrDefault(name) + Value(value);
        }

        total["pods"] = 1;
        return total;
    }

    private static void Add(Dictionary<string, decimal> total, V1Container container)
    {
        foreach (var (name, value) in OfContainer(container))
        {
            total[name] = total.GetValueOrDefault(name) + value;
        }
    }

    private static IEnumerable<(string Name, decimal Value)> OfContainer(V1Container container) =>
        (container.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>()).Select(entry => (entry.Key, Value(entry.Value)));
}
