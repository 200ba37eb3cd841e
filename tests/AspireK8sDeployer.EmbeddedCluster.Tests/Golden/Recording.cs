using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>One scenario: requests to a real API server and its answers, in order.</summary>
internal sealed record Recording(string Name, string Title, IReadOnlyList<RecordedStep> Steps)
{
    /// <summary>Where the recordings are; the environment can point at others.</summary>
    public static string Directory { get; } =
        Environment.GetEnvironmentVariable("GOLDEN_RECORDINGS") ?? Path.Combine(AppContext.BaseDirectory, "Golden", "recordings");

    public static IEnumerable<string> Names() => System.IO.Directory.EnumerateFiles(Directory, "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Directory, file)[..^".json".Length].Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static Recording Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Directory, name + ".json")))!.AsObject();
        var steps = json["steps"]!.AsArray().Select((step, i) => new RecordedStep(
            i, (string?)step!["note"], step["request"]!.AsObject(), step["response"]!.AsObject()));
        return new Recording(name, (string)json["title"]!, [.. steps]);
    }
}

internal sealed record RecordedStep(int Index, string? Note, JsonObject Request, JsonObject Response)
{
    public string Method => (string)Request["method"]!;

    public string Path => (string)Request["path"]!;

    public bool IsWatch => Response["events"] is not null;

    public override string ToString() => $"step {Index}: {Method} {Path}{(Note is null ? "" : $" ({Note})")}";
}
