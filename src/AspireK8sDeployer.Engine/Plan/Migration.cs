using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Makes what others wrote of an object, before we first apply it, our own apply. Otherwise the fields that we do not want
/// would stay for ever: their old managers, who never come back, would still keep them. Pure.
/// </summary>
internal sealed record Migration(JsonArray Patch, IReadOnlyList<ManagedPath> Fields, IReadOnlyList<string> Managers)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly string[] Known = ["kubectl-client-side-apply", "kubectl-last-applied", "kubectl-create", "before-first-apply", "helm", "Helm"];

    /// <summary>What is to be done; null when there is nothing to migrate, or it is ours already.</summary>
    /// <param name="live">The object as it is.</param>
    /// <param name="apiVersion">The version that it is to be applied in.</param>
    public static Migration? Of(JsonObject live, string apiVersion)
    {
        var entries = (live["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var old = entries.Where(entry => IsOld(entry) && (string?)entry["apiVersion"] == apiVersion).ToList();
        var hasAnnotation = live["metadata"]?["annotations"]?[LastApplied] is not null;
        if (AppliedFields.Of(live) is not null || (old.Count == 0 && !hasAnnotation))
        {
            return null;
        }

        var fields = old.Aggregate(new JsonObject(), (all, entry) => Union(all, entry["fieldsV1"] as JsonObject ?? []));
        ((fields["f:metadata"] as JsonObject)?["f:annotations"] as JsonObject)?.Remove($"f:{LastApplied}");
        var patch = new JsonArray();
        if (old.Count > 0)
        {
            var kept = new JsonArray([.. entries.Except(old).Select(entry => entry.DeepClone())]);
            kept.Add(new JsonObject
            {
                ["manager"] = Names.FieldManager,
                ["operation"] = "Apply",
                ["apiVersion"] = apiVersion,
                ["time"] = old.Select(entry => (string?)entry["time"]).Max(StringComparer.Ordinal),
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = fields.DeepClone(),
            });
            patch.Add(new JsonObject { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = kept });
        }

        if (hasAnnotation)
        {
            // It repeats the whole object, with the values of a Secret in it.
            patch.Add(new JsonObject { ["op"] = "remove", ["path"] = $"/metadata/annotations/{LastApplied.Replace("/", "~1", StringComparison.Ordinal)}" });
        }

        // Whoever writes meanwhile makes this a conflict.
        patch.Add(new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = live["metadata"]!["resourceVersion"]!.DeepClone() });
        return new Migration(patch, [.. ManagedPath.In(fields)], [.. old.Select(entry => (string?)entry["manager"] ?? "").Distinct()]);
    }

    /// <summary>What goes with the apply: list elements, labels and annotations that are not desired. Other fields get the server's defaults back.</summary>
    public IEnumerable<FieldChange> Removed(JsonObject live, JsonObject desired, Masking masking)
    {
        var mask = ValueMask.For(live, masking);
        var gone = Fields.Where(path => IsElement(path) && path.Find(live) is not null && path.Find(desired) is null).ToList();
        return gone.Where(path => !gone.Exists(other => other.Steps.Count < path.Steps.Count && path.Steps.Take(other.Steps.Count).SequenceEqual(other.Steps)))
            .Select(path => (Text: path.Text(live, desired), Value: path.Find(live)))
            .Select(item => new FieldChange(item.Text, mask.Show(item.Text, item.Value), null));
    }

    private static bool IsElement(ManagedPath path) =>
        path.Steps[^1][0] is 'k' or 'v' || (path.Steps.Count > 1 && path.Steps[^2] is "f:labels" or "f:annotations" or "f:data" && path.Steps[^1] != ".");

    private static bool IsOld(JsonObject entry) =>
        (string?)entry["operation"] == "Update"
        && string.IsNullOrEmpty((string?)entry["subresource"])
        && Known.Contains((string?)entry["manager"]);

    private static JsonObject Union(JsonObject left, JsonObject right)
    {
        var all = (JsonObject)left.DeepClone();
        foreach (var (key, value) in right)
        {
            all[key] = all[key] is JsonObject below ? Union(below, value as JsonObject ?? []) : value?.DeepClone();
        }

        return all;
    }
}
