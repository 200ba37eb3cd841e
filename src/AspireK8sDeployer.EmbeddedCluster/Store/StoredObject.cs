using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>
/// One version of one object: immutable bytes, so that any number of requests and watches can share it without copying or
/// locking. The parts that selectors and owners need are read once.
/// </summary>
internal sealed class StoredObject
{
    private static readonly FrozenDictionary<string, string> NoLabels = FrozenDictionary<string, string>.Empty;

    private IReadOnlyDictionary<string, string>? _labels;
    private IReadOnlyList<string>? _owners;
    private string? _uid;
    private object? _model;

    public StoredObject(ResourceDefinition resource, string ns, string name, long version, byte[] json)
    {
        Resource = resource;
        Namespace = ns;
        Name = name;
        Version = version;
        Json = json;
    }

    /// <summary>The row in which the object is stored.</summary>
    public ResourceDefinition Resource { get; }

    /// <summary>Empty for an object of the cluster.</summary>
    public string Namespace { get; }

    public string Name { get; }

    public long Version { get; }

    /// <summary>The whole object, UTF-8, with <c>kind</c> and <c>apiVersion</c> in front.</summary>
    public byte[] Json { get; }

    public string Key => KeyOf(Namespace, Name);

    public IReadOnlyDictionary<string, string> Labels => _labels ??= ReadLabels();

    /// <summary>The uids of the objects that it names as its owners.</summary>
    public IReadOnlyList<string> Owners => _owners ??= ReadOwners();

    public string Uid => _uid ??= Text("uid");

    /// <summary>Lists are ordered by this key, as a real server orders them.</summary>
    public static string KeyOf(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";

    /// <summary>The object as its model, read once: shared, and not to be changed.</summary>
    public T Model<T>()
        where T : class => (T)(_model ??= KubernetesJson.Deserialize<T>(Encoding.UTF8.GetString(Json)));

    /// <summary>A copy that the caller may change.</summary>
    public JsonObject ToJsonObject() => JsonNode.Parse(Json)!.AsObject();

    /// <summary>The same state at another version: what a DELETED event carries.</summary>
    public StoredObject WithVersion(long version)
    {
        var json = ToJsonObject();
        json["metadata"]!["resourceVersion"] = Versions.Text(version);
        return new StoredObject(Resource, Namespace, Name, version, JsonBytes.Of(json));
    }

    private string Text(string field)
    {
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGetProperty("metadata", out var metadata)
            && metadata.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
    }

    private IReadOnlyDictionary<string, string> ReadLabels()
    {
        using var document = JsonDocument.Parse(Json);
        if (!document.RootElement.TryGetProperty("metadata", out var metadata)
            || !metadata.TryGetProperty("labels", out var labels) || labels.ValueKind != JsonValueKind.Object)
        {
            return NoLabels;
        }

        return labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "");
    }

    private IReadOnlyList<string> ReadOwners()
    {
        // Most objects have none, which can be told without reading them.
        if (Json.AsSpan().IndexOf("\"ownerReferences\""u8) < 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGetProperty("metadata", out var metadata)
            && metadata.TryGetProperty("ownerReferences", out var owners) && owners.ValueKind == JsonValueKind.Array
            ? [.. owners.EnumerateArray().Select(owner => owner.TryGetProperty("uid", out var uid) ? uid.GetString() ?? "" : "").Distinct()]
            : [];
    }
}
