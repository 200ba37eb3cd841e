using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>One scenario: requests to a real API server and its answers, in order.</summary>
internal sealed record Recording(string Name, string Title, IReadOnlyList<RecordedStep> Steps)
{
    /// <summary>Where the recordings are; the environment can point at others.</summary>
    public static string Directory { get; } =
        Environment.GetEnvironmentVariable("GOLDEN_RECORDINGS") ?? Path.Combine(AppContext.BaseDirectory, "Golden", "recordings");

    /// <summary>What the scenario needs beside an API server, such as a node that runs certain images; null when nothing.</summary>
    public string? Needs { get; private init; }

    public static IEnumerable<string> Names() => System.IO.Directory.EnumerateFiles(Directory, "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Directory, file)[..^".json".Length].Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static Recording Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Directory, name + ".json")))!.AsObject();
        var steps = json["steps"]!.AsArray().Select((step, i) => new RecordedStep(i, step!.AsObject()));
        return new Recording(name, (string)json["title"]!, [.. steps]) { Needs = (string?)json["needs"] };
    }
}

/// <summary>A request and its answer, with the recorder's remarks on how to compare them.</summary>
internal sealed record RecordedStep(int Index, JsonObject Json)
{
    public JsonObject Request => Json["request"]!.AsObject();

    public JsonObject Response => Json["response"]!.AsObject();

    public string Method => (string)Request["method"]!;

    public string Path => (string)Request["path"]!;

    public bool IsWatch => Response["events"] is not null;

    /// <summary>The answer comes when a controller has done its work: ask until it does.</summary>
    public bool Poll => (bool?)Json["poll"] == true;

    /// <summary>Fields, at any depth, that depend on the moment.</summary>
    public IReadOnlyList<string> Ignore => Json["ignore"] is JsonArray names ? [.. names.Select(name => (string)name!)] : [];

    /// <summary>The part of a list or map that was recorded.</summary>
    public JsonObject? Keep => Json["keep"] as JsonObject;

    /// <summary>How many events of a watch were waited for; fewer came when its stream ended first.</summary>
    public int WatchedFor => (int?)Json["watch"]?["count"] ?? 0;

    /// <summary>Requests that were made while a watch was open.</summary>
    public IEnumerable<RecordedStep> During =>
        (Json["during"] as JsonArray ?? []).Select((step, i) => new RecordedStep(i, step!.AsObject()));

    public override string ToString() => $"step {Index}: {Method} {Path}{(Json["note"] is { } note ? $" ({note})" : "")}";
}
