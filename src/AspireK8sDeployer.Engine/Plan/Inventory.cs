using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// What belongs to a deployment, kept in the cluster itself as a Secret and saved before anything is applied, so that
/// nothing can be orphaned. It also keeps the salt for the names of Secrets.
/// </summary>
internal sealed record Inventory(DeploymentIdentity Deployment, byte[] Salt, IReadOnlyList<ObjectId> Objects)
{
    private const string ObjectsKey = "objects.json";
    private const string SaltKey = "salt";
    private const int SaltLength = 32;

    /// <summary>The version read, which guards the next write; null when there is none in the cluster yet.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The Secret that was read, so that no newer one is deleted in its place.</summary>
    public string? Uid { get; init; }

    /// <summary>Which object it was, as far as that is known: what is made again under its name is not ours.</summary>
    public IReadOnlyDictionary<ObjectId, string> Uids { get; init; } = new Dictionary<ObjectId, string>();

    public ObjectId Id => IdOf(Deployment);

    public static ObjectId IdOf(DeploymentIdentity deployment) => new("v1", "Secret", deployment.Namespace, Names.Inventory(deployment.Name));

    public static Inventory New(DeploymentIdentity deployment) => new(deployment, RandomNumberGenerator.GetBytes(SaltLength), []);

    /// <summary>Reads the Secret. Someone may have edited it: what cannot be read is as if it were not there.</summary>
    public static Inventory Read(DeploymentIdentity deployment, JsonObject secret)
    {
        var salt = Value(secret, SaltKey) is { Length: SaltLength } kept ? kept : RandomNumberGenerator.GetBytes(SaltLength);
        var objects = ReadObjects(Value(secret, ObjectsKey));
        return new Inventory(deployment, salt, [.. objects.Select(item => item.Id)])
        {
            Uids = objects.Where(item => item.Uid is not null).DistinctBy(item => item.Id).ToDictionary(item => item.Id, item => item.Uid!),
            ResourceVersion = (string?)secret["metadata"]?["resourceVersion"],
            Uid = (string?)secret["metadata"]?["uid"],
        };
    }

    public Inventory With(IEnumerable<ObjectId> objects) =>
        this with { Objects = [.. objects.Distinct().OrderBy(id => id.ToString(), StringComparer.Ordinal)] };

    /// <summary>Tells of its objects which they are; of those that are not among these it is not known.</summary>
    public Inventory With(IReadOnlyDictionary<ObjectId, string> uids) =>
        this with { Uids = Objects.Where(uids.ContainsKey).ToDictionary(id => id, id => uids[id]) };

    /// <summary>Whether both say the same.</summary>
    public bool IsSame(Inventory other) =>
        Objects.SequenceEqual(other.Objects) && Objects.All(id => Uids.GetValueOrDefault(id) == other.Uids.GetValueOrDefault(id));

    /// <summary>Whether a live object is not the one that was listed, but another that took its name.</summary>
    public bool IsAnother(ObjectId id, JsonObject live) => Uids.GetValueOrDefault(id) is { } uid && uid != (string?)live["metadata"]?["uid"];

    public JsonObject ToSecret()
    {
        var objects = new JsonArray([.. Objects.Select(id => (JsonNode)WriteObject(id, Uids.GetValueOrDefault(id)))]);
        var metadata = new JsonObject
        {
            ["name"] = Id.Name,
            ["namespace"] = Id.Namespace,
            ["labels"] = OwnLabels.JsonOf(Deployment),
        };
        if (ResourceVersion is not null)
        {
            metadata["resourceVersion"] = ResourceVersion;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = metadata,
            ["type"] = Names.Domain + "/inventory",
            ["data"] = new JsonObject
            {
                [ObjectsKey] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(objects)),
                [SaltKey] = Convert.ToBase64String(Salt),
            },
        };
    }

    private static byte[]? Value(JsonObject secret, string key)
    {
        try
        {
            return (string?)secret["data"]?[key] is { } text ? Convert.FromBase64String(text) : null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject WriteObject(ObjectId id, string? uid)
    {
        var item = new JsonObject { ["apiVersion"] = id.ApiVersion, ["kind"] = id.Kind, ["namespace"] = id.Namespace, ["name"] = id.Name };
        if (uid is not null)
        {
            item["uid"] = uid;
        }

        return item;
    }

    private static IReadOnlyList<(ObjectId Id, string? Uid)> ReadObjects(byte[]? json)
    {
        try
        {
            return json is null ? [] :
            [
                .. (JsonNode.Parse(json) as JsonArray ?? []).OfType<JsonObject>()
                    .Select(item => (Id: ReadObject(item)!, Uid: (string?)item["uid"])).Where(item => item.Id is not null),
            ];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static ObjectId? ReadObject(JsonObject item) =>
        ((string?)item["apiVersion"], (string?)item["kind"], (string?)item["name"]) is ({ } apiVersion, { } kind, { } name)
            ? new ObjectId(apiVersion, kind, (string?)item["namespace"], name)
            : null;
}
