using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>
/// A Secret as kustomize makes it from files that are not published: one that a deploy names after its content gets such a
/// name here too, and what refers to it follows.
/// </summary>
internal sealed class SecretGenerator
{
    private static readonly string[] ValueFields = ["data", "stringData"];

    private SecretGenerator(JsonObject entry, IReadOnlyList<string> variables, IReadOnlyList<string> files) =>
        (Entry, Variables, Files) = (entry, variables, files);

    /// <summary>Its entry in the kustomization.</summary>
    public JsonObject Entry { get; }

    /// <summary>The keys that are read from the file of variables.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The files that its keys are read from instead, one each.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The generator; null for what holds no values of the user's, such as a token that the cluster fills in.</summary>
    public static SecretGenerator? Of(RenderedObject item, DeploymentSettings settings)
    {
        if (!SecretObject.Is(item.Body) || KeysOf(item.Body) is not { Count: > 0 } keys)
        {
            return null;
        }

        var isEnvironment = item.Id.Name == EnvironmentSecret.BaseName(settings);
        var files = isEnvironment ? [] : keys.Select(key => $"{PublishedDeployment.SecretFiles}/{item.Id.Name}/{key}").ToList();
        var entry = new JsonObject { ["name"] = item.Id.Name, ["namespace"] = item.Id.Namespace };
        Add(entry, "type", item.Body["type"]);
        Add(entry, "envs", isEnvironment ? new JsonArray(PublishedDeployment.SecretValues) : null);
        Add(entry, "files", files.Count > 0 ? new JsonArray([.. keys.Zip(files, (key, file) => (JsonNode)$"{key}={file}")]) : null);
        Add(entry, "options", OptionsOf(item.Body, isNamedByContent: isEnvironment || item.Id.Name == PullSecret.BaseName(settings)));
        return new SecretGenerator(entry, isEnvironment ? keys : [], files);
    }

    private static List<string> KeysOf(JsonObject secret) =>
    [
        .. ValueFields.SelectMany(field => (secret[field] as JsonObject ?? []).Select(value => value.Key)).Distinct().Order(StringComparer.Ordinal),
    ];

    private static JsonObject? OptionsOf(JsonObject secret, bool isNamedByContent)
    {
        var options = new JsonObject();
        Add(options, "disableNameSuffixHash", isNamedByContent ? null : true);
        Add(options, "immutable", secret["immutable"]);
        Add(options, "labels", secret["metadata"]!["labels"]);
        Add(options, "annotations", secret["metadata"]!["annotations"]);
        return options.Count > 0 ? options : null;
    }

    private static void Add(JsonObject fields, string name, JsonNode? value)
    {
        if (value is not null)
        {
            fields[name] = value.DeepClone();
        }
    }
}
