using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>
/// The rules by which fields change owners. Works on entries whose fields are all named in one version: the versions of a kind
/// that the server has differ in fields that nobody shares.
/// </summary>
internal static class FieldOwnership
{
    private static readonly FieldSet None = new();

    private static readonly FieldSet Status = FieldSet.Of(["status"]);
    private static readonly FieldSet Spec = FieldSet.Of(["spec"]);
    private static readonly FieldSet SpecAndMetadata = FieldSet.Of(["spec"], ["metadata"]);
    private static readonly FieldSet SpecAndLabels = FieldSet.Of(["spec"], ["metadata", "labels"]);
    private static readonly FieldSet SpecAndOwners =
        FieldSet.Of(["spec"], ["metadata", "deletionTimestamp"], ["metadata", "ownerReferences"]);

    // Nobody owns what identifies an object or what only the server writes.
    private static readonly FieldSet ServerOwned = FieldSet.Of(
        ["apiVersion"],
        ["kind"],
        ["metadata"],
        ["metadata", "name"],
        ["metadata", "namespace"],
        ["metadata", "creationTimestamp"],
        ["metadata", "selfLink"],
        ["metadata", "uid"],
        ["metadata", "clusterName"],
        ["metadata", "generation"],
        ["metadata", "managedFields"],
        ["metadata", "resourceVersion"]);

    /// <summary>The fields that a request cannot change and therefore not own, by where it writes.</summary>
    public static FieldSet Ignored(ResourceDefinition resource, string? subresource)
    {
        if (!resource.HasStatus)
        {
            return None;
        }

        return (subresource, resource.Kind) switch
        {
            (null or "" or "finalize", _) => Status,
            ("status", "Deployment") => SpecAndLabels,
            ("status", "Pod") => SpecAndOwners,
            ("status", "CustomResourceDefinition") => SpecAndMetadata,
            ("status", _) => resource.Model is null ? SpecAndMetadata : Spec,
            _ => None,
        };
    }

    public static FieldSet Strip(FieldSet fields) => fields.Except(ServerOwned);

    /// <summary>Drops entries in versions that the kind does not have.</summary>
    public static void DropUnknownVersions(ResourceDefinition resource, ManagedEntries entries)
    {
        foreach (var (id, entry) in entries.ToList())
        {
            if (!IsVersionOf(resource, entry.ApiVersion))
            {
                entries.Remove(id);
            }
        }
    }

    /// <summary>
    /// Takes from all other managers what changed: a value that another manager owns is a conflict unless forced,
    /// a value that went is nobody's.
    /// </summary>
    public static void Take(ManagedEntries entries, FieldComparison changes, ManagerId? actor, bool force)
    {
        var set = changes.Modified.Union(changes.Added);
        var conflicts = new List<FieldConflict>();
        foreach (var (id, entry) in entries.Where(pair => pair.Key != actor).ToList())
        {
            var contested = entry.Fields.Intersect(set);
            if (!force)
            {
                conflicts.AddRange(contested.Paths().Select(path => new FieldConflict(id, path)));
            }

            entries[id] = entry with { Fields = entry.Fields.Except(contested).Except(changes.Removed) };
        }

        if (conflicts.Count > 0)
        {
            throw new FieldConflictException(conflicts);
        }

        foreach (var (id, entry) in entries.ToList())
        {
            if (entry.Fields.IsEmpty)
            {
                entries.Remove(id);
            }
        }
    }

    /// <summary>Removes what the applier applied before and applies no longer, unless somebody else owns it.</summary>
    public static JsonObject Prune(SchemaType type, JsonObject merged, ManagedEntries entries, FieldSet? last)
    {
        if (last is null || last.IsEmpty)
        {
            return merged;
        }

        var owned = entries.Values.Aggregate(new FieldSet(), (all, entry) => all.Union(entry.Fields));
        if (last.Except(owned).IsEmpty)
        {
            return merged;
        }

        var lastNamed = last.WithNamedFields(type);
        var all = FieldCollector.Collect(type, merged).WithNamedFields(type);
        var pruned = TypedRemoval.Without(type, merged, lastNamed);

        // What others own comes back, also inside something that went …
        var kept = FieldCollector.Collect(type, pruned).WithNamedFields(type);
        pruned = TypedRemoval.Without(type, merged, all.Except(kept.Union(owned.WithNamedFields(type))));

        // … and what nobody owned, such as a default, only goes with what it belongs to.
        kept = FieldCollector.Collect(type, pruned).WithNamedFields(type);
        return TypedRemoval.Without(type, merged, all.Except(kept).Intersect(lastNamed));
    }

    private static bool IsVersionOf(ResourceDefinition resource, string apiVersion)
    {
        if (apiVersion == resource.ApiVersion)
        {
            return true;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        return resource.Model is null
            ? group == resource.Group
            : KubernetesModels.Find(group, apiVersion[(slash + 1)..], resource.Kind) is not null;
    }
}
