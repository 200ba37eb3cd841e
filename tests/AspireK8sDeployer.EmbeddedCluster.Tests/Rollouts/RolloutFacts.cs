using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>What an object says about how a rollout goes, in lines that are the same in every cluster: without times, addresses and generated names. Pure.</summary>
internal static partial class RolloutFacts
{
    public static IEnumerable<string> Of(JsonObject obj, string space) =>
        Raw(obj).Select(fact => Stable(fact.Replace(space, "team-a", StringComparison.Ordinal)));

    /// <summary>What the API said when it did not take an object.</summary>
    public static string OfRefusal(string subject, JsonObject status, string space) =>
        Stable($"{subject} refused {status["code"]} {status["reason"]}: {status["message"]}".Replace(space, "team-a", StringComparison.Ordinal));

    private static IEnumerable<string> Raw(JsonObject obj) => (string?)obj["kind"] switch
    {
        "Deployment" => OfDeployment(obj),
        "Pod" => OfPod(obj),
        _ when obj["involvedObject"] is not null => [$"event {obj["type"]} {obj["reason"]} of {obj["involvedObject"]!["kind"]}: {obj["message"]}"],
        _ => [],
    };

    private static IEnumerable<string> OfDeployment(JsonObject deployment) =>
        Items(deployment["status"]?["conditions"]).Select(condition => $"Deployment {condition["type"]}={condition["status"]} {condition["reason"]}: {condition["message"]}");

    private static IEnumerable<string> OfPod(JsonObject pod)
    {
        var status = pod["status"];
        yield return $"Pod {status?["phase"]} {status?["reason"]} {status?["message"]}".TrimEnd();
        foreach (var condition in Items(status?["conditions"]).Where(condition => condition["message"] is not null && (string?)condition["type"] is "PodScheduled" or "Ready"))
        {
            yield return $"Pod {condition["type"]}={condition["status"]} {condition["reason"]}: {condition["message"]}";
        }

        foreach (var container in Items(status?["initContainerStatuses"]).Concat(Items(status?["containerStatuses"])))
        {
            yield return $"container {container["name"]} {State(container["state"])}";
            if (container["lastState"]?["terminated"] is not null)
            {
                yield return $"container {container["name"]} last {State(container["lastState"])}";
            }
        }
    }

    private static string State(JsonNode? state) =>
        state?["waiting"] is { } waiting ? $"waiting {waiting["reason"]}: {waiting["message"]}"
        : state?["terminated"] is { } terminated ? $"terminated {terminated["reason"]} {terminated["exitCode"]}: {terminated["message"]}"
        : state?["running"] is not null ? "running"
        : "unknown";

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list?.AsArray() ?? []).OfType<JsonNode>();

    private static string Stable(string text)
    {
        text = Uid().Replace(text, "UID");
        text = Generated().Replace(text, match => $"{match.Groups["name"].Value}-HASH{(match.Groups["pod"].Success ? "-POD" : "")}");
        text = Address().Replace(text, "ADDRESS");
        text = Took().Replace(text, "TIME");
        text = Size().Replace(text, "SIZE");
        return Node().Replace(text, "NODE");
    }

    [GeneratedRegex("<uid:[0-9]+>|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex("(?<name>orders(?:-api)?|batch|billing|model|late|worker)-(?:h[0-9]+|[a-z0-9]{8,10})(?![a-z0-9])(?<pod>-(?:[px][0-9]+|[a-z0-9]{5})(?![a-z0-9]))?")]
    private static partial Regex Generated();

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:[0-9]+m)?[0-9]+(?:\.[0-9]+)?m?s\b|\b[0-9]+m[0-9]+s\b")]
    private static partial Regex Took();

    [GeneratedRegex("(?<=Image size: )[0-9]+")]
    private static partial Regex Size();

    [GeneratedRegex(@"\bnode-1\b|(?<= to )embedded\b")]
    private static partial Regex Node();
}
