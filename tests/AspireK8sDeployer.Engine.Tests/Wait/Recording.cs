using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Wait;

/// <summary>A rollout as a real cluster went through it; its times are seconds after the apply.</summary>
internal sealed partial class Recording
{
    private static readonly DateTimeOffset Applied = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Beside =
        ["services", "endpointSlices", "ingresses", "hpas", "podDisruptionBudgets", "persistentVolumeClaims", "httpRoutes", "scaledObjects", "statefulSets", "jobs", "namespace"];

    private readonly JsonObject _file;

    private Recording(string name, JsonObject file) => (Name, _file) = (name, file);

    public string Name { get; }

    public string Outcome => (string)_file["outcome"]!;

    public string? Cause => (string?)_file["cause"];

    /// <summary>What the pods had logged by the end.</summary>
    public IEnumerable<string> Logs => ((JsonArray)_file["snapshots"]!)
        .SelectMany(snapshot => snapshot!["logs"] as JsonObject ?? [])
        .Select(log => log.Value?.ToString())
        .OfType<string>();

    /// <summary>What the API refused, as it said it.</summary>
    public IEnumerable<string> Refusals => ((JsonArray?)_file["evidence"] ?? [])
        .OfType<JsonObject>()
        .Where(item => (string?)item["path"] == "response.message")
        .Select(item => (string)item["value"]!);

    public double? ProvableAt => (double?)_file["provableAt"];

    public static IEnumerable<string> Names => Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null))
        .Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "rollouts");

    public static Recording Load(string name) => new(name, (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!);

    /// <summary>The moments at which something was written down.</summary>
    public IEnumerable<(double Seconds, DateTimeOffset Time, RolloutObjects Objects)> Moments => ((JsonArray)_file["snapshots"]!)
        .OfType<JsonObject>()
        .Select(snapshot => ((double)snapshot["t"]!, Applied.AddSeconds((double)snapshot["t"]!), ToObjects(snapshot)));

    private static RolloutObjects ToObjects(JsonObject snapshot) => new()
    {
        Deployment = snapshot["deployment"] is JsonObject deployment ? Read<V1Deployment>(deployment) : null,
        ReplicaSets = List<V1ReplicaSet>(snapshot["replicaSets"]),
        Pods = List<V1Pod>(snapshot["pods"]),
        Events = List<Corev1Event>(snapshot["events"]),
        Beside = new SideObjects([.. Beside.SelectMany(key => snapshot[key] switch
        {
            JsonArray items => items.OfType<JsonObject>(),
            JsonObject item => [item],
            _ => [],
        }).Select(WithTimes)]),
    };

    private static IReadOnlyList<T> List<T>(JsonNode? items) => [.. (items as JsonArray ?? []).OfType<JsonObject>().Select(Read<T>)];

    private static T Read<T>(JsonObject item) => KubernetesJson.Deserialize<T>(WithTimes(item).ToJsonString());

    private static JsonObject WithTimes(JsonObject item) => (JsonObject)JsonNode.Parse(RelativeTime().Replace(item.ToJsonString(), ToTime))!;

    private static string ToTime(Match match)
    {
        var seconds = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return $"\"{Applied.AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}\"";
    }

    // "+12s", as the serialiser writes it: it escapes the plus.
    [GeneratedRegex("\"(?:\\+|\\\\u002B|(?=-))(-?[0-9.]+)s\"")]
    private static partial Regex RelativeTime();
}
