using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>
/// Carries the ownership of <c>spec.replicas</c> between an object and its <c>scale</c> subresource, which is an object of its own kind.
/// A write through <c>scale</c> is an apply or an update of a Scale that has these owners, whose outcome is carried back.
/// </summary>
internal static class ScaleOwnership
{
    private const string ScaleVersion = "autoscaling/v1";

    private static readonly List<string> Replicas = [PathElement.Field("spec"), PathElement.Field("replicas")];
    private static readonly FieldSet ReplicasOnly = FieldSet.Of(["spec", "replicas"]);

    /// <summary>Gives <paramref name="scale"/> the owners that the replicas have in <paramref name="parent"/>.</summary>
    public static void ToScale(JsonObject parent, JsonObject scale)
    {
        var entries = new ManagedEntries();
        foreach (var (id, entry) in ManagedEntries.Read(parent["metadata"]?["managedFields"]) ?? [])
        {
            if (entry.Fields.Has(Replicas))
            {
                entries[id] = new ManagedEntry(ScaleVersion, ReplicasOnly, entry.Time);
            }
        }

        entries.WriteTo(scale);
    }

    /// <summary>Gives <paramref name="parent"/> the owners that its replicas have in <paramref name="scale"/> after a write.</summary>
    public static void ToParent(ResourceDefinition resource, JsonObject scale, JsonObject parent)
    {
        var owners = ManagedEntries.Read(scale["metadata"]?["managedFields"]) ?? [];
        var entries = new ManagedEntries();
        foreach (var (id, entry) in ManagedEntries.Read(parent["metadata"]?["managedFields"]) ?? [])
        {
            if (!entry.Fields.Has(Replicas) || owners.Remove(id))
            {
                entries[id] = entry;
            }
            else if (entry.Fields.Except(ReplicasOnly) is { IsEmpty: false } rest)
            {
                entries[id] = entry with { Fields = rest };
            }
        }

        foreach (var (id, entry) in owners)
        {
            if (entry.Fields.Has(Replicas))
            {
                // A real server gives an owner of this way no time.
                var owner = id.IsApply ? id : id with { ApiVersion = resource.ApiVersion };
                entries[owner] = new ManagedEntry(resource.ApiVersion, ReplicasOnly, Time: null);
            }
        }

        entries.WriteTo(parent);
    }
}
