using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>A pod's line: above all the one word that says how it is, found where the news is.</summary>
internal static class PodCells
{
    public static JsonNode?[] Of(JsonObject pod, DateTimeOffset now)
    {
        var (reason, ready, total, restarts, lastRestart) = Summary(pod);
        var ip = pod.Objects("status", "podIPs").Select(address => address.Text("ip")).FirstOrDefault("");
        var gates = pod.Objects("spec", "readinessGates").ToList();
        var passed = gates.Count(gate => pod.Objects("status", "conditions")
            .Any(c => c.Text("type") == gate.Text("conditionType") && c.Text("status") == "True"));
        var restartText = Cell.Numeral(restarts);
        if (restarts != 0 && lastRestart is { } time)
        {
            restartText = $"{restarts} ({Cell.Duration(now - time)} ago)";
        }

        return
        [
            pod.MetadataOf().Text("name"),
            $"{ready}/{total}",
            reason,
            restartText,
            Cell.Age(pod, now),
            Cell.OrNone(ip.Length > 0 ? ip : pod.Text("status", "podIP")),
            Cell.OrNone(pod.Text("spec", "nodeName")),
            Cell.OrNone(pod.Text("status", "nominatedNodeName")),
            gates.Count == 0 ? Cell.None : $"{passed}/{gates.Count}",
        ];
    }

    /// <summary>The condition of a row whose pod has ended, so that clients can tell without reading cells.</summary>
    public static JsonArray? Conditions(JsonObject pod) => pod.Text("status", "phase") switch
    {
        "Succeeded" => Completed("Succeeded", "The pod has completed successfully."),
        "Failed" => Completed("Failed", "The pod failed."),
        _ => null,
    };

    private static JsonArray Completed(string reason, string message) => new(new JsonObject
    {
        ["type"] = "Completed",
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = message,
    });

    private static (string Reason, int Ready, int Total, long Restarts, DateTimeOffset? LastRestart) Summary(JsonObject pod)
    {
        var reason = pod.Text("status", "reason") is { Length: > 0 } own ? own : pod.Text("status", "phase");
        if (pod.Objects("status", "conditions").Any(c => c.Text("type") == "PodScheduled" && c.Text("reason") == "SchedulingGated"))
        {
            reason = "SchedulingGated";
        }

        var total = pod.Objects("spec", "containers").Count();
        var ready = 0;
        var initial = new Tally();
        var (initReason, initializing) = Initialization(pod, initial, ref ready, ref total);
        if (initializing)
        {
            reason = initReason;
        }

        var main = new Tally();
        if (!initializing || pod.Objects("status", "conditions").Any(c => c.Text("type") == "Initialized" && c.Text("status") == "True"))
        {
            reason = Containers(pod, reason, main, ref ready);
        }

        if (pod.IsBeingDeleted())
        {
            reason = pod.Text("status", "reason") == "NodeLost" ? "Unknown"
                : pod.Text("status", "phase") is "Succeeded" or "Failed" ? reason : "Terminating";
        }

        var counts = initializing ? initial : main;
        return (reason, ready, total, counts.Restarts + (initializing ? 0 : initial.SidecarRestarts), counts.Last);
    }

    private static (string Reason, bool Initializing) Initialization(JsonObject pod, Tally tally, ref int ready, ref int total)
    {
        var specs = pod.Objects("spec", "initContainers").ToDictionary(c => c.Text("name"));
        total += specs.Values.Count(IsSidecar);
        var statuses = pod.Objects("status", "initContainerStatuses").ToList();
        for (var i = 0; i < statuses.Count; i++)
        {
            var status = statuses[i];
            var sidecar = specs.TryGetValue(status.Text("name"), out var spec) && IsSidecar(spec);
            tally.Add(status, sidecar);
            var terminated = status.At("state", "terminated");
            if (terminated is not null && terminated.Number("exitCode") == 0)
            {
                continue;
            }

            if (sidecar && (bool?)status["started"] == true)
            {
                ready += (bool?)status["ready"] == true ? 1 : 0;
                continue;
            }

            if (terminated is not null)
            {
                return ("Init:" + EndOf(terminated), true);
            }

            return status.At("state", "waiting") is { } waiting && waiting.Text("reason") is { Length: > 0 } why and not "PodInitializing"
                ? ("Init:" + why, true)
                : ($"Init:{i}/{specs.Count}", true);
        }

        return ("", false);
    }

    private static string Containers(JsonObject pod, string reason, Tally tally, ref int ready)
    {
        var running = false;
        foreach (var status in pod.Objects("status", "containerStatuses").Reverse())
        {
            tally.Add(status, sidecar: false);
            if (status.At("state", "waiting") is { } waiting && waiting.Text("reason").Length > 0)
            {
                reason = waiting.Text("reason");
            }
            else if (status.At("state", "terminated") is { } terminated)
            {
                reason = EndOf(terminated);
            }
            else if ((bool?)status["ready"] == true && status.At("state", "running") is not null)
            {
                running = true;
                ready++;
            }
        }

        // Some ended well, some still run: the pod as a whole runs.
        if (reason == "Completed" && running)
        {
            reason = pod.Objects("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True") ? "Running" : "NotReady";
        }

        return reason;
    }

    private static string EndOf(JsonNode terminated) => terminated.Text("reason") is { Length: > 0 } reason ? reason
        : terminated.Number("signal") is not 0 and var signal ? $"Signal:{signal}" : $"ExitCode:{terminated.Number("exitCode")}";

    private static bool IsSidecar(JsonObject container) => container.Text("restartPolicy") == "Always";

    /// <summary>Restarts so far, and the last one.</summary>
    private sealed class Tally
    {
        public long Restarts { get; private set; }

        public long SidecarRestarts { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public void Add(JsonObject status, bool sidecar)
        {
            Restarts += status.Number("restartCount");
            SidecarRestarts += sidecar ? status.Number("restartCount") : 0;
            if (DateTimeOffset.TryParse(status.Text("lastState", "terminated", "finishedAt"), CultureInfo.InvariantCulture, out var finished)
                && (Last is null || finished > Last))
            {
                Last = finished;
            }
        }
    }
}
