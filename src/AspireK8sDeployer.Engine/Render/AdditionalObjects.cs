using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// The user's further objects: as they are given, in the deployment's namespace, with its labels, and without what only the
/// server writes.
/// </summary>
internal static class AdditionalObjects
{
    private static readonly string[] OfServer = ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static IEnumerable<RenderedObject> Render(DeploymentSettings settings) =>
        settings.AdditionalResources.SelectMany(resource => Read(resource).Select(body => Render(body, resource.Source, settings)));

    /// <summary>The objects of a source one by one, as they are given.</summary>
    /// <exception cref="FormatException">It is not YAML, or not made of objects.</exception>
    public static IEnumerable<JsonObject> Read(AdditionalResource resource)
    {
        var documents = resource.Model is { } model ? [OfModel(model)] : YamlReader.Read(resource.Yaml!);
        return documents.SelectMany(document => document is JsonObject body
            ? Parts(body)
            : throw new FormatException($"it holds a {(document is JsonArray ? "list" : "value")}, not an object with apiVersion, kind and metadata"));
    }

    // Whoever makes a model leaves out what its type says.
    private static JsonObject OfModel(IKubernetesObject model)
    {
        var body = JsonNode.Parse(KubernetesJson.Serialize(model))!.AsObject();
        if (model.GetType().GetCustomAttribute<KubernetesEntityAttribute>() is { } type)
        {
            body["apiVersion"] ??= type.Group.Length == 0 ? type.ApiVersion : $"{type.Group}/{type.ApiVersion}";
            body["kind"] ??= type.Kind;
        }

        return body;
    }

    private static IEnumerable<JsonObject> Parts(JsonObject body)
    {
        if (Text(body["kind"]) is not { } kind || !kind.EndsWith("List", StringComparison.Ordinal) || body["items"] is not JsonArray items)
        {
            return [body];
        }

        return items.OfType<JsonObject>().SelectMany(item =>
        {
            // In a list of one kind the elements leave out what they have in common.
            if (kind != "List")
            {
                item["kind"] ??= kind[..^"List".Length];
                item["apiVersion"] ??= body["apiVersion"]?.DeepClone();
            }

            return Parts(item);
        });
    }

    private static RenderedObject Render(JsonObject given, string source, DeploymentSettings settings)
    {
        var body = (JsonObject)WithoutNulls(given)!;
        body.Remove("status");
        var metadata = (JsonObject)body["metadata"]!;
        Array.ForEach(OfServer, field => metadata.Remove(field));
        (metadata["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        metadata["namespace"] = settings.Namespace;
        metadata["labels"] = WithOurs(metadata["labels"], OwnLabels.Of(settings.Identity).Concat(settings.Labels));
        if (metadata["annotations"] is not null || settings.Annotations.Count > 0)
        {
            metadata["annotations"] = WithOurs(metadata["annotations"], settings.Annotations);
        }

        if (SecretObject.Is(body))
        {
            Encode(body);
        }

        AddProtocols(body);
        return new RenderedObject(new ObjectId((string)body["apiVersion"]!, (string)body["kind"]!, settings.Namespace, (string)metadata["name"]!), Ordered(body)) { Source = source };
    }

    // The object's own win: of the labels that say whose it is, those that differ are refused before.
    private static JsonObject WithOurs(JsonNode? own, IEnumerable<KeyValuePair<string, string>> ours)
    {
        var all = (own as JsonObject)?.Select(item => KeyValuePair.Create(item.Key, (string)item.Value!)).ToDictionary() ?? [];
        foreach (var (key, value) in ours)
        {
            all.TryAdd(key, value);
        }

        return ObjectMetadata.ToJson(all);
    }

    // The server keeps data alone: what is sent otherwise would look changed every time.
    private static void Encode(JsonObject secret)
    {
        if (secret["stringData"] is not JsonObject texts)
        {
            return;
        }

        secret.Remove("stringData");
        var data = secret["data"] as JsonObject ?? [];
        foreach (var (key, value) in texts)
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(value) ?? value?.ToJsonString() ?? ""));
        }

        secret["data"] = data.DeepClone();
    }

    // Part of the key by which the server tells ports apart.
    private static void AddProtocols(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                if (members.ContainsKey("containerPort"))
                {
                    members["protocol"] ??= "TCP";
                }

                foreach (var (_, value) in members.ToList())
                {
                    AddProtocols(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    AddProtocols(item);
                }

                break;
        }
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value)))),
        JsonArray items => new JsonArray([.. items.Where(item => item is not null).Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Ordered(JsonObject body)
    {
        string[] first = ["apiVersion", "kind", "metadata"];
        return new JsonObject(body.OrderBy(member => Array.IndexOf(first, member.Key) is >= 0 and var place ? place : first.Length).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
