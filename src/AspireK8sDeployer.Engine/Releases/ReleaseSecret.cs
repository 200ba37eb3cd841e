using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>A release as the Secret that it is kept in. Pure.</summary>
internal static class ReleaseSecret
{
    public const string Type = Names.Domain + "/release";

    private const string RecordKey = "release.json";
    private const string ManifestKey = "manifest.json.gz";
    private const string EvidenceKey = "evidence.json.gz";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonObject Write(Release release)
    {
        var labels = OwnLabels.JsonOf(release.Deployment);
        labels[Names.RevisionLabel] = release.Revision.ToString(CultureInfo.InvariantCulture);
        labels[Names.OutcomeLabel] = JsonNamingPolicy.KebabCaseLower.ConvertName(release.Outcome.ToString());
        var metadata = new JsonObject { ["name"] = release.Id.Name, ["namespace"] = release.Id.Namespace, ["labels"] = labels };
        if (release.ResourceVersion is { } version)
        {
            metadata["resourceVersion"] = version;
        }

        var record = new Record(release.Info, release.Digest, release.Images, release.Plan, release.Needs, release.ImageIsOurs, release.DeployTimeout);
        var data = new JsonObject { [RecordKey] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(record, Json)) };
        foreach (var (key, content) in new[] { (ManifestKey, release.Manifest), (EvidenceKey, release.Evidence) })
        {
            if (content is not null)
            {
                data[key] = Convert.ToBase64String(content);
            }
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["type"] = Type, ["data"] = data };
    }

    /// <summary>Whether a Secret has the name of a release of this deployment; labels are copied with objects, a copy has another name.</summary>
    public static bool Is(DeploymentIdentity deployment, ObjectId id) =>
        id is { Kind: "Secret", ApiVersion: "v1" }
        && id.Name.StartsWith(Names.Inventory(deployment.Name) + ".r", StringComparison.Ordinal)
        && int.TryParse(id.Name[(Names.Inventory(deployment.Name).Length + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Reads the Secret. Someone may have edited it: null when it cannot be read.</summary>
    public static Release? Read(DeploymentIdentity deployment, JsonObject secret)
    {
        try
        {
            return Value(secret, RecordKey) is { } json && JsonSerializer.Deserialize<Record>(json, Json) is { Info: not null } record
                ? new Release(deployment, record.Info, record.Digest ?? "", Value(secret, ManifestKey))
                {
                    Images = record.Images ?? [],
                    Plan = record.Plan ?? [],
                    Needs = record.Needs ?? [],
                    ImageIsOurs = record.ImageIsOurs,
                    DeployTimeout = record.DeployTimeout,
                    Evidence = Value(secret, EvidenceKey),
                    ResourceVersion = (string?)secret["metadata"]?["resourceVersion"],
                    Uid = (string?)secret["metadata"]?["uid"],
                }
                : null;
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Value(JsonObject secret, string key) => (string?)secret["data"]?[key] is { } text ? Convert.FromBase64String(text) : null;

    private sealed record Record(
        ReleaseInfo Info,
        string? Digest,
        IReadOnlyList<string>? Images,
        IReadOnlyList<string>? Plan,
        IReadOnlyList<string>? Needs,
        bool ImageIsOurs,
        TimeSpan DeployTimeout);
}
