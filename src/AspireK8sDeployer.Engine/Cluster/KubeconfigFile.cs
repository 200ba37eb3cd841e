using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One kubeconfig file as a tree; every scalar is a string, as nothing in a kubeconfig needs more.</summary>
/// <remarks>Not KubernetesClient's model, which does not know all fields (proxies, token files) and stumbles over others (<c>as-user-extra</c>).</remarks>
internal static class KubeconfigFile
{
    private static readonly string[] PathsOfClusters = ["certificate-authority"];
    private static readonly string[] PathsOfUsers = ["client-certificate", "client-key", "tokenFile"];

    public static JsonObject Read(FileInfo file)
    {
        using var reader = file.OpenText();
        var stream = new YamlStream();
        stream.Load(reader);
        var tree = stream.Documents.Count == 0 ? [] : ToJson(stream.Documents[0].RootNode) as JsonObject ?? throw new FormatException();
        // Paths are relative to the file that they stand in, wherever that is merged to.
        var folder = file.DirectoryName!;
        foreach (var cluster in Details(tree, "clusters", "cluster"))
        {
            MakeAbsolute(cluster, PathsOfClusters, folder);
        }

        foreach (var user in Details(tree, "users", "user"))
        {
            MakeAbsolute(user, PathsOfUsers, folder);
            if (user["exec"] is JsonObject exec && exec.Text("command") is { } command && command.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar))
            {
                exec["command"] = Path.Combine(folder, command);
            }
        }

        return tree;
    }

    /// <summary>As kubectl merges: of values and of entries with the same name, the first counts.</summary>
    public static JsonObject Merge(IEnumerable<JsonObject> files)
    {
        var merged = new JsonObject();
        foreach (var file in files)
        {
            foreach (var (name, value) in file)
            {
                switch (merged[name], value)
                {
                    case (JsonArray known, JsonArray more):
                        Append(known, more);
                        break;
                    case (null, _):
                    case (JsonValue, _) when string.IsNullOrEmpty(merged.Text(name)):
                        merged[name] = value?.DeepClone();
                        break;
                }
            }
        }

        return merged;
    }

    private static void Append(JsonArray known, JsonArray more)
    {
        var names = known.Select(NameOf).ToHashSet();
        foreach (var item in more.Where(item => !names.Contains(NameOf(item))))
        {
            known.Add(item?.DeepClone());
        }
    }

    private static string? NameOf(JsonNode? entry) => (entry as JsonObject)?.Text("name");

    private static IEnumerable<JsonObject> Details(JsonObject tree, string list, string member) =>
        (tree[list] as JsonArray ?? []).OfType<JsonObject>().Select(entry => entry[member]).OfType<JsonObject>();

    private static void MakeAbsolute(JsonObject entry, string[] names, string folder)
    {
        foreach (var name in names)
        {
            if (entry.Text(name) is { Length: > 0 } path)
            {
                entry[name] = Path.Combine(folder, path);
            }
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(item => KeyValuePair.Create(Key(item.Key), ToJson(item.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException(),
    };

    private static string Key(YamlNode node) => node is YamlScalarNode { Value: { } key } ? key : throw new FormatException();
}
