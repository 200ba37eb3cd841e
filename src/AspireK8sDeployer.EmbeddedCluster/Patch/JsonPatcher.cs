using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>Carries out the steps of a JSON patch.</summary>
internal static class JsonPatcher
{
    public static void Apply(PatchedDocument document, JsonPatchOperation operation)
    {
        switch (operation.Op)
        {
            case "add":
                Add(document, operation.Path, operation.Value?.DeepClone());
                break;
            case "replace":
                Replace(document, operation.Path, operation.Value?.DeepClone());
                break;
            case "remove":
                Remove(document, operation.Path);
                break;
            case "test":
                Test(document, operation);
                break;
            case "move":
                var moved = Get(document, Required(operation.From))?.DeepClone();
                Remove(document, operation.From!);
                Add(document, operation.Path, moved);
                break;
            case "copy":
                Add(document, operation.Path, Get(document, Required(operation.From))?.DeepClone());
                break;
            default:
                throw Rejected();
        }
    }

    private static void Add(PatchedDocument document, string path, JsonNode? value)
    {
        var (container, key) = Find(document, path);
        if (container is JsonArray array)
        {
            array.Insert(key == "-" ? array.Count : Index(key, array.Count + 1), value);
        }
        else
        {
            ((JsonObject)container)[key] = value;
        }
    }

    private static void Replace(PatchedDocument document, string path, JsonNode? value)
    {
        var (container, key) = Find(document, path);
        if (container is JsonArray array)
        {
            array[Index(key, array.Count)] = value;
        }
        else
        {
            // A key that is not there is added: a server does so, whatever the RFC says.
            ((JsonObject)container)[key] = value;
        }
    }

    private static void Remove(PatchedDocument document, string path)
    {
        var (container, key) = Find(document, path);
        if (container is JsonArray array)
        {
            array.RemoveAt(Index(key, array.Count));
        }
        else if (!((JsonObject)container).Remove(key))
        {
            throw Rejected();
        }
    }

    private static void Test(PatchedDocument document, JsonPatchOperation operation)
    {
        var (container, key) = Find(document, operation.Path);
        var actual = container is JsonArray array ? array[Index(key, array.Count)] : ((JsonObject)container)[key];
        if (!JsonValues.Same(actual, operation.Value))
        {
            throw Rejected();
        }
    }

    private static JsonNode? Get(PatchedDocument document, string path)
    {
        var (container, key) = Find(document, path);
        return container is JsonArray array ? array[Index(key, array.Count)]
            : ((JsonObject)container).TryGetPropertyValue(key, out var value) ? value
            : throw Rejected();
    }

    /// <summary>The object or list that holds what a path names, and the last step of the path.</summary>
    private static (JsonNode Container, string Key) Find(PatchedDocument document, string path)
    {
        if (!path.StartsWith('/'))
        {
            throw Rejected();
        }

        var steps = path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        JsonNode? node = document.Root;
        foreach (var step in steps.SkipLast(1))
        {
            node = node switch
            {
                JsonObject obj => obj[step],
                JsonArray array => array[Index(step, array.Count)],
                _ => null,
            };
            if (node is JsonObject touched)
            {
                document.Touch(touched);
            }
        }

        return node is JsonObject or JsonArray ? (node, steps[^1]) : throw Rejected();
    }

    private static int Index(string step, int count) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : throw Rejected();

    private static string Required(string? path) => path ?? throw Rejected();

    /// <summary>All that does not fit the object gets this one answer, which does not say what.</summary>
    private static ApiException Rejected() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request", new StatusDetails());
}
