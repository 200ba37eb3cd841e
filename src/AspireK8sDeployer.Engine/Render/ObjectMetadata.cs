using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The metadata that every object of one deployment shares.</summary>
internal sealed class ObjectMetadata(DeploymentSettings settings)
{
    /// <summary>The object's id and the head of its body.</summary>
    public (ObjectId Id, JsonObject Body) Begin(string apiVersion, string kind, string name, IReadOnlyDictionary<string, string>? annotations = null)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = settings.Namespace, ["labels"] = Labels(settings.Labels, settings.Version) };
        AddAnnotations(metadata, annotations);
        var body = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
        return (new ObjectId(apiVersion, kind, settings.Namespace, name), body);
    }

    /// <summary>The metadata of the pods: without the version and what the user gives the objects, which alone must not restart anything.</summary>
    public JsonObject OfPods()
    {
        var metadata = new JsonObject { ["labels"] = Labels(settings.Pod.Labels) };
        if (settings.Pod.Annotations.Count > 0)
        {
            metadata["annotations"] = ToJson(settings.Pod.Annotations);
        }

        return metadata;
    }

    /// <summary>What selects the pods; never more, because a selector can never change.</summary>
    public JsonObject Selector() => new() { [Names.DeploymentLabel] = settings.Name };

    private JsonObject Labels(IReadOnlyDictionary<string, string> given, string? version = null)
    {
        var labels = given.ToDictionary();
        foreach (var (key, value) in OwnLabels.Of(settings.Identity))
        {
            labels[key] = value;
        }

        if (version is not null)
        {
            labels[Names.VersionLabel] = version;
        }

        return ToJson(labels);
    }

    private void AddAnnotations(JsonObject metadata, IReadOnlyDictionary<string, string>? own)
    {
        var annotations = new SortedDictionary<string, string>(settings.Annotations.ToDictionary(), StringComparer.Ordinal);
        foreach (var (key, value) in own ?? new Dictionary<string, string>())
        {
            annotations[key] = value;
        }

        if (annotations.Count > 0)
        {
            metadata["annotations"] = ToJson(annotations);
        }
    }

    /// <summary>A map in the order of its keys.</summary>
    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));
}
