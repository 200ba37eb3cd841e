using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>The <c>metadata.managedFields</c> of an object, taken apart.</summary>
internal sealed class ManagedEntries : Dictionary<ManagerId, ManagedEntry>
{
    private const int MostUpdaters = 10;
    private const string AncientChanges = "ancient-changes";

    public ManagedEntries()
    {
    }

    private ManagedEntries(ManagedEntries other)
        : base(other)
    {
    }

    public ManagedEntries Copy() => new(this);

    /// <summary>Reads the list; null when one of its entries is malformed.</summary>
    public static ManagedEntries? Read(JsonNode? list)
    {
        var entries = new ManagedEntries();
        foreach (var item in list as JsonArray ?? [])
        {
            if (item is not JsonObject entry
                || entry.TextOf("operation") is not ("Apply" or "Update")
                || entry.TextOf("apiVersion").Length == 0
                || entry.TextOf("fieldsType") != "FieldsV1")
            {
                return null;
            }

            var applies = entry.TextOf("operation") == "Apply";
            var version = entry.TextOf("apiVersion");
            var id = new ManagerId(entry.TextOf("manager"), applies, applies ? "" : version, entry.TextOf("subresource"));
            var time = entry["time"].AsText();
            entries[id] = new ManagedEntry(version, FieldSet.FromJson(entry.Object("fieldsV1") ?? []), time);
        }

        return entries;
    }

    /// <summary>True when a body asks to forget all owners: an empty list, or one with an empty entry.</summary>
    public static bool IsReset(JsonNode? list) => list is JsonArray array && array switch
    {
        [] => true,
        [JsonObject only] => only.Count == 0,
        _ => false,
    };

    /// <summary>Writes the entries into the object's metadata.</summary>
    public void WriteTo(JsonObject obj)
    {
        var metadata = obj.ObjectOrNew("metadata");
        if (Count == 0)
        {
            metadata.Remove("managedFields");
            return;
        }

        metadata["managedFields"] = new JsonArray([.. this
            .OrderBy(pair => pair.Key.IsApply ? 0 : 1)
            .ThenBy(pair => pair.Value.Time ?? "", StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value.ApiVersion, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Subresource, StringComparer.Ordinal)
            .Select(pair => Entry(pair.Key, pair.Value))]);
    }

    /// <summary>Merges the oldest of too many updaters into one entry for each version.</summary>
    public void CapUpdaters()
    {
        var updaters = this.Where(pair => !pair.Key.IsApply)
            .OrderBy(pair => pair.Value.Time ?? "", StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Subresource, StringComparer.Ordinal)
            .ToList();
        var count = updaters.Count;
        var firsts = new Dictionary<string, ManagerId>(StringComparer.Ordinal);
        foreach (var (id, entry) in updaters)
        {
            if (count <= MostUpdaters)
            {
                return;
            }

            if (firsts.TryAdd(entry.ApiVersion, id))
            {
                continue;
            }

            var bucket = ManagerId.Update(AncientChanges, entry.ApiVersion, null);
            var first = firsts[entry.ApiVersion];
            var merged = this.GetValueOrDefault(bucket) ?? this[first];
            if (bucket != first)
            {
                Remove(first);
            }

            Remove(id);
            this[bucket] = new ManagedEntry(entry.ApiVersion, entry.Fields.Union(merged.Fields), entry.Time);
            count--;
        }
    }

    private static JsonObject Entry(ManagerId id, ManagedEntry entry)
    {
        var json = new JsonObject
        {
            ["manager"] = id.Name,
            ["operation"] = id.IsApply ? "Apply" : "Update",
            ["apiVersion"] = entry.ApiVersion,
        };
        if (entry.Time is { } time)
        {
            json["time"] = time;
        }

        json["fieldsType"] = "FieldsV1";
        json["fieldsV1"] = entry.Fields.ToJson();
        if (id.Subresource.Length > 0)
        {
            json["subresource"] = id.Subresource;
        }

        return json;
    }
}
