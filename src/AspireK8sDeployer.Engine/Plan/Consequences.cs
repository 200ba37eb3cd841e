using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What follows from the change of an object, in words.</summary>
internal static class Consequences
{
    private static readonly string[] Workloads = ["Deployment", "StatefulSet", "DaemonSet"];
    private static readonly string[] Address = ["spec.type", "spec.loadBalancerIP", "spec.loadBalancerClass", "spec.ipFamilies", "spec.ports"];

    public static string? Of(ObjectId id, JsonObject live, IReadOnlyList<FieldChange> fields, IReadOnlyList<FieldChange> left, PlanContext context)
    {
        IEnumerable<string?> all =
        [
            OfFields(id, live, fields),
            .. fields.Where(field => field.Owner?.Claim == FieldClaim.Taken).Select(field => field.Owner!.Manager).Distinct().Select(manager => $"takes fields from \"{manager}\""),
            OfUnchanged(id, live, left, context),
        ];
        return Join(all);
    }

    /// <summary>What is worth knowing although nothing changes.</summary>
    public static string? OfUnchanged(ObjectId id, JsonObject live, IReadOnlyList<FieldChange> left, PlanContext context) =>
        Join(left.Where(field => field.Path != "spec.replicas" || context.ReplicasNote(id, live) is null)
            .Select(field => (string?)$"{field.Path}: {field.Before} ({field.Owner})")
            .Append(context.ReplicasNote(id, live)));

    private static string? OfFields(ObjectId id, JsonObject live, IReadOnlyList<FieldChange> fields)
    {
        if (fields.Count == 0)
        {
            return "no value changes, only who keeps them";
        }

        if (Workloads.Contains(id.Kind))
        {
            var pods = Pods(live);
            return !fields.Any(field => field.Path.StartsWith("spec.template", StringComparison.Ordinal)) ? "no restart"
                : pods == 1 ? "rolls 1 pod"
                : $"rolls {pods} pods";
        }

        return id.Kind switch
        {
            "Service" when fields.Any(field => Address.Any(path => field.Path.StartsWith(path, StringComparison.Ordinal))) => "the address may change",
            "Ingress" or "HTTPRoute" when fields.Any(field => field.Path.StartsWith("spec", StringComparison.Ordinal)) => "the address may change",
            _ => null,
        };
    }

    private static int Pods(JsonObject live) => (int?)live["spec"]?["replicas"] ?? (int?)live["status"]?["desiredNumberScheduled"] ?? 1;

    private static string? Join(IEnumerable<string?> parts)
    {
        var text = string.Join("; ", parts.OfType<string>());
        return text.Length == 0 ? null : text;
    }
}
