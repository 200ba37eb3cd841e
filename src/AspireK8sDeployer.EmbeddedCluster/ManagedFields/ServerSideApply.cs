using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Merges applied objects and keeps account of who owns which field.</summary>
internal static class ServerSideApply
{
    /// <summary>The owner of what was in an object before anybody's fields were tracked.</summary>
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>Applies an object. Neither argument is changed.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="live">The object as it is; null when this creates it.</param>
    /// <param name="applied">What is applied, as sent (see <see cref="ApplyBody"/>).</param>
    /// <param name="manager">The field manager.</param>
    /// <param name="force">Take fields from other managers.</param>
    /// <param name="subresource">The subresource written through; null for the object itself.</param>
    /// <param name="now">The time for the manager's entry, if anything changes.</param>
    /// <returns>The merged object, decoded but not defaulted, with its <c>managedFields</c>.</returns>
    /// <exception cref="ApiException">409 for conflicts, 400 and 500 for bodies that cannot be applied.</exception>
    public static JsonObject Apply(
        ResourceDefinition resource,
        JsonObject? live,
        JsonObject applied,
        string manager,
        bool force,
        string? subresource,
        DateTimeOffset now)
    {
        ApplyBody.RequireKind(resource, applied);
        if (applied.Object("metadata") is { } metadata && metadata["managedFields"] is not null)
        {
            throw ApiException.BadRequest("metadata.managedFields must be nil");
        }

        var schema = ObjectSchemas.Of(resource);
        var problems = TypedCheck.Problems(schema, applied);
        if (problems.Count > 0)
        {
            throw new ApiException(500, "", $"failed to create typed patch object ({Name(resource, applied)}): {Joined(problems)}");
        }

        var id = ManagerId.Apply(manager, subresource);
        var entries = ManagedEntries.Read(live?["metadata"]?["managedFields"]) ?? throw new ApiException(
            500, "", "failed to decode managed fields: invalid managedFields");
        var before = WithoutEntries(live) ?? ObjectTypes.Empty(resource);
        if (entries.Count == 0 && live is not null)
        {
            Track(resource, schema, ObjectTypes.Empty(resource), before, entries, ManagerId.Update(BeforeFirstApply, resource.ApiVersion, subresource), now, subresource);
        }

        FieldOwnership.DropUnknownVersions(resource, entries);
        var (result, changed) = Merge(resource, schema, before, applied, entries, id, force, subresource);
        if (changed && entries.TryGetValue(id, out var own))
        {
            entries[id] = own with { Time = Timestamp.Format(now) };
        }

        var merged = changed ? ObjectTypes.Conform(resource, result) : before;
        if (manager == LastApplied.Manager)
        {
            LastApplied.Refresh(merged, applied);
        }

        entries.WriteTo(merged);
        return merged;
    }

    /// <summary>
    /// Notes in <paramref name="updated"/> who owns what, after a write that is not an apply. Call it before admission and before
    /// the kind's own preparation, so that only what the client did counts.
    /// </summary>
    public static void TrackUpdate(
        ResourceDefinition resource, JsonObject? live, JsonObject updated, string manager, string? subresource, DateTimeOffset now)
    {
        var metadata = updated.ObjectOrNew("metadata");
        var given = metadata["managedFields"];
        metadata.Remove("managedFields");
        var entries = Current(live, given, isSubresource: !string.IsNullOrEmpty(subresource));
        if (entries.Count == 0 && live is not null)
        {
            // Nobody ever applied this object or its owners were reset: they are tracked from the next apply on.
            return;
        }

        var before = WithoutEntries(live) ?? ObjectTypes.Empty(resource);
        Track(resource, ObjectSchemas.Of(resource), before, updated, entries, ManagerId.Update(manager, resource.ApiVersion, subresource), now, subresource);
        entries.WriteTo(updated);
    }

    /// <summary>
    /// True when two objects differ in nothing but the times and versions that the server writes; such a write is not made.
    /// </summary>
    public static bool IsNoOp(JsonObject live, JsonObject updated)
    {
        if (live.Count != updated.Count)
        {
            return false;
        }

        foreach (var (name, value) in live)
        {
            if (name == "metadata")
            {
                if (updated["metadata"] is not JsonObject other || !SameMetadata((JsonObject)value!, other))
                {
                    return false;
                }
            }
            else if (!updated.TryGetPropertyValue(name, out var now) || !JsonValues.Same(value, now))
            {
                return false;
            }
        }

        return true;
    }

    private static (JsonObject Result, bool Changed) Merge(
        ResourceDefinition resource,
        StructType schema,
        JsonObject live,
        JsonObject applied,
        ManagedEntries entries,
        ManagerId id,
        bool force,
        string? subresource)
    {
        try
        {
            return MergeOnce(resource, schema, live, applied, entries, id, force, subresource);
        }
        catch (FieldConflictException conflict) when (id.Name == LastApplied.Manager && LastApplied.Owns(schema, resource, live, conflict, out var rest))
        {
            // What kubectl applied from the client is kubectl's when it applies on the server.
            return rest.Count > 0
                ? throw new FieldConflictException(rest).ToApiException()
                : MergeOnce(resource, schema, live, applied, entries, id, force: true, subresource);
        }
        catch (FieldConflictException conflict)
        {
            throw conflict.ToApiException();
        }
    }

    private static (JsonObject Result, bool Changed) MergeOnce(
        ResourceDefinition resource,
        StructType schema,
        JsonObject live,
        JsonObject applied,
        ManagedEntries entries,
        ManagerId id,
        bool force,
        string? subresource)
    {
        var ignored = FieldOwnership.Ignored(resource, subresource);
        var working = entries.Copy();
        var last = working.GetValueOrDefault(id);
        var fields = FieldCollector.Collect(schema, applied).ExceptBelow(ignored);
        working[id] = new ManagedEntry(resource.ApiVersion, fields, last?.Time);
        var merged = TypedMerge.Merge(schema, live, applied);
        merged = FieldOwnership.Prune(schema, merged, working, last?.Fields);
        var changes = FieldComparison.Between(schema, live, merged);
        FieldOwnership.Take(working, changes.Except(ignored), id, force);
        if (working.TryGetValue(id, out var own))
        {
            var stripped = FieldOwnership.Strip(own.Fields);
            if (stripped.IsEmpty)
            {
                working.Remove(id);
            }
            else
            {
                working[id] = own with { Fields = stripped };
            }
        }

        entries.Clear();
        foreach (var (manager, entry) in working)
        {
            entries.Add(manager, entry);
        }

        return (merged, !changes.IsEmpty);
    }

    private static void Track(
        ResourceDefinition resource,
        StructType schema,
        JsonObject before,
        JsonObject after,
        ManagedEntries entries,
        ManagerId id,
        DateTimeOffset now,
        string? subresource)
    {
        FieldOwnership.DropUnknownVersions(resource, entries);
        var changes = FieldComparison.Between(schema, before, after).Except(FieldOwnership.Ignored(resource, subresource));
        FieldOwnership.Take(entries, changes, actor: null, force: true);
        var taken = FieldOwnership.Strip(changes.Modified.Union(changes.Added));
        if (!taken.IsEmpty)
        {
            var fields = entries.TryGetValue(id, out var own) ? taken.Union(own.Fields) : taken;
            entries[id] = new ManagedEntry(resource.ApiVersion, fields, Timestamp.Format(now));
        }

        entries.CapUpdaters();
    }

    /// <summary>The owners to start from: those in the body if it brings valid ones, else those of the object as it is.</summary>
    private static ManagedEntries Current(JsonObject? live, JsonNode? given, bool isSubresource)
    {
        if (!isSubresource)
        {
            if (ManagedEntries.IsReset(given))
            {
                return [];
            }

            if (ManagedEntries.Read(given) is { Count: > 0 } brought)
            {
                return brought;
            }
        }

        return ManagedEntries.Read(live?["metadata"]?["managedFields"]) ?? [];
    }

    private static JsonObject? WithoutEntries(JsonObject? obj)
    {
        if (obj?.DeepClone() is not JsonObject copy)
        {
            return null;
        }

        copy.Object("metadata")?.Remove("managedFields");
        return copy;
    }

    private static bool SameMetadata(JsonObject left, JsonObject right)
    {
        var names = left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)).Where(name => name != "managedFields");
        return names.All(name => JsonValues.Same(left[name], right[name])) && SameEntries(left.Array("managedFields"), right.Array("managedFields"));
    }

    private static bool SameEntries(JsonArray? left, JsonArray? right)
    {
        if ((left?.Count ?? 0) != (right?.Count ?? 0))
        {
            return false;
        }

        // Entries are sorted by time, so that an entry whose time alone changed may stand elsewhere.
        return (left ?? []).OfType<JsonObject>().All(entry => (right ?? []).OfType<JsonObject>().Any(other => SameEntry(entry, other)));
    }

    private static bool SameEntry(JsonObject left, JsonObject right) =>
        left.TextOf("manager") == right.TextOf("manager")
        && left.TextOf("operation") == right.TextOf("operation")
        && left.TextOf("apiVersion") == right.TextOf("apiVersion")
        && left.TextOf("subresource") == right.TextOf("subresource")
        && JsonValues.Same(left["fieldsV1"], right["fieldsV1"]);

    private static string Name(ResourceDefinition resource, JsonObject applied)
    {
        var metadata = applied.Object("metadata");
        var group = resource.Group.Length == 0 ? $"/{resource.Version}" : resource.ApiVersion;
        return $"{metadata?.TextOf("namespace")}/{metadata?.TextOf("name")}; {group}, Kind={resource.Kind}";
    }

    private static string Joined(IReadOnlyList<string> problems) =>
        problems is [var only] ? only : "errors:\n" + string.Join('\n', problems.Select(problem => "  " + problem));
}
