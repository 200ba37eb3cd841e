using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>How a rollout went on a real cluster: what was applied, and what was seen when.</summary>
internal sealed class RecordedRollout
{
    private readonly JsonObject _file;

    private RecordedRollout(string name, JsonObject file) => (Name, _file) = (name, file);

    public string Name { get; }

    public IReadOnlyList<JsonObject> Objects => [.. _file["objects_applied"]!.AsArray().OfType<JsonObject>()];

    public IReadOnlyList<(double Seconds, string Verb, string Subject, JsonObject? Body)> Actions =>
        [.. (_file["actions"]?.AsArray() ?? []).OfType<JsonObject>().Select(action =>
            ((double)action["t"]!, (string)action["verb"]!, (string)action["object"]!, action["body"] as JsonObject))];

    /// <summary>Whether a container that is to run on is ready as soon as it runs.</summary>
    public bool HasUnprobedContainer => Objects.Concat(Actions.Select(action => action.Body).OfType<JsonObject>())
        .SelectMany(obj => (obj["spec"]?["template"]?["spec"]?["containers"] ?? obj["spec"]?["containers"])?.AsArray().OfType<JsonObject>() ?? [])
        .Any(container => container["readinessProbe"] is null);

    /// <summary>Whether everything was applied to a namespace that was going.</summary>
    public bool IsInTerminatingNamespace => _file["snapshots"]![0]!["namespace"]?["metadata"]?["deletionTimestamp"] is not null;

    /// <summary>The Deployment that was rolled out in full just before this time, with its size; null when it was not.</summary>
    public (string Name, int Replicas)? RolledOutBefore(double seconds)
    {
        var last = _file["snapshots"]!.AsArray().OfType<JsonObject>().LastOrDefault(snapshot => (double)snapshot["t"]! <= seconds)?["deployment"] as JsonObject;
        var counts = ((string[])["updatedReplicas", "replicas", "availableReplicas"]).Select(count => (int?)last?["status"]?[count] ?? 0).Distinct().ToArray();
        return last is not null && counts is [> 0 and var size] && (int?)last["spec"]?["replicas"] == size ? ((string)last["metadata"]!["name"]!, size) : null;
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Rollouts", "recordings");

    public static IEnumerable<string> Names => Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null))
        .Order(StringComparer.Ordinal);

    public static RecordedRollout Load(string name, Func<string, string>? change = null)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".json"));
        return new(name, JsonNode.Parse(change?.Invoke(text) ?? text)!.AsObject());
    }

    /// <summary>Everything that was seen, with the time at which it was seen first.</summary>
    public IReadOnlyList<(double Seconds, string Fact)> Facts()
    {
        var facts = new List<(double, string)>();
        var seen = new HashSet<string>();
        foreach (var snapshot in _file["snapshots"]!.AsArray().OfType<JsonObject>())
        {
            IEnumerable<JsonObject> objects =
            [
                .. snapshot["deployment"] is JsonObject deployment ? [deployment] : Array.Empty<JsonObject>(),
                .. snapshot["pods"]?.AsArray().OfType<JsonObject>() ?? [],
                .. snapshot["events"]?.AsArray().OfType<JsonObject>().Where(IsOurs) ?? [],
            ];
            foreach (var fact in objects.SelectMany(obj => RolloutFacts.Of(obj, "team-a")).Where(seen.Add))
            {
                facts.Add(((double)snapshot["t"]!, fact));
            }
        }

        foreach (var action in (_file["actions"]?.AsArray() ?? []).OfType<JsonObject>().Where(action => action["status"]?.GetValue<int>() >= 400))
        {
            var fact = RolloutFacts.OfRefusal((string)action["object"]!, action["response"]!.AsObject(), "team-a");
            if (seen.Add(fact))
            {
                facts.Add((Math.BitIncrement((double)action["t"]!), fact)); // an answer comes after its question
            }
        }

        return facts;
    }

    private static bool IsOurs(JsonObject item) => (string?)item["involvedObject"]?["namespace"] == "team-a";
}
