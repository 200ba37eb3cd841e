using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>
/// Who owns the number of replicas, told in the terms of a Scale and back in those of the object: whoever writes one through
/// the scale subresource takes it from whoever owned it in the object.
/// </summary>
internal static class ScaleOwnership
{
    private const string ScaleVersion = "autoscaling/v1";

    /// <summary>The object's owners of the number, as owners of a Scale's.</summary>
    public static JsonArray? ToScale(ResourceDefinition resource, JsonObject obj)
    {
        var path = ScaleKind.ReplicasPath(resource);
        var owners = obj.MetadataOf().Objects("managedFields")
            .Where(entry => entry.TextOf("apiVersion") == resource.ApiVersion && Owns(entry, path))
            .Select(entry =>
            {
                var owner = entry.DeepClone().AsObject();
                owner["apiVersion"] = ScaleVersion;
                owner["fieldsV1"] = Path(["spec", "replicas"]);
                return (JsonNode)owner;
            });
        return owners.ToArray() is { Length: > 0 } found ? new JsonArray(found) : null;
    }

    /// <summary>Puts a Scale's owners back into the object: new ones are added, those that lost the number lose it.</summary>
    public static void ToObject(ResourceDefinition resource, JsonObject scale, JsonObject obj)
    {
        var path = ScaleKind.ReplicasPath(resource);
        var remaining = scale.MetadataOf().Objects("managedFields").ToDictionary(Key, entry => entry);
        var entries = new JsonArray();
        foreach (var entry in obj.MetadataOf().Objects("managedFields").Select(entry => entry.DeepClone().AsObject()))
        {
            if (entry.TextOf("apiVersion") == resource.ApiVersion && Owns(entry, path) && !remaining.Remove(Key(entry)))
            {
                Disown(entry.ObjectOrNew("fieldsV1"), path);
                if (entry.ObjectOrNew("fieldsV1").Count == 0)
                {
                    continue;
                }
            }

            entries.Add((JsonNode)entry);
        }

        foreach (var entry in remaining.Values.Select(entry => entry.DeepClone().AsObject()))
        {
            entry["apiVersion"] = resource.ApiVersion;
            entry["fieldsV1"] = Path(path);

            // A real server loses the time on the way.
            entry.Remove("time");
            entries.Add((JsonNode)entry);
        }

        obj.MetadataOf().Remove("managedFields");
        if (entries.Count > 0)
        {
            obj.MetadataOf()["managedFields"] = entries;
        }
    }

    private static string Key(JsonObject entry) => $"{entry.TextOf("manager")}/{entry.TextOf("operation")}/{entry.TextOf("subresource")}";

    private static bool Owns(JsonObject entry, string[] path)
    {
        JsonNode? node = entry["fieldsV1"];
        foreach (var field in path)
        {
            node = (node as JsonObject)?["f:" + field];
        }

        return node is not null;
    }

    private static JsonObject Path(string[] path)
    {
        var inner = new JsonObject();
        foreach (var field in path.Reverse())
        {
            inner = new JsonObject { ["f:" + field] = inner };
        }

        return inner;
    }

    private static void Disown(JsonObject fields, string[] path)
    {
        if (path.Length == 1)
        {
            fields.Remove("f:" + path[0]);
        }
        else if (fields.Object("f:" + path[0]) is { } inner)
        {
            Disown(inner, path[1..]);
            if (inner.Count == 0)
            {
                fields.Remove("f:" + path[0]);
            }
        }
    }
}
