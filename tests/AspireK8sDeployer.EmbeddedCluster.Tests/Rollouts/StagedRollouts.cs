using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>Which recordings are staged, and how they are fitted to a machine without the recorded images.</summary>
internal static partial class StagedRollouts
{
    public static readonly string[] Groups = ["admission", "config", "container", "image", "scheduling", "update"];

    /// <summary>What cannot be staged, and why.</summary>
    public static readonly Dictionary<string, string> Missing = new()
    {
        ["admission/invalid-specs"] = "is refused at apply: compared request by request in Golden",
        ["admission/namespace-terminating"] = "is refused at apply: compared request by request in Golden",
        ["admission/policy-denies-pod"] = "there are no admission policies",
        ["admission/webhook-down"] = "there are no admission webhooks",
        ["container/dotnet-unhandled-exception"] = "its image is not there; as container/exit-1",
        ["container/dotnet-wrong-port"] = "its image is not there, and ASP.NET Core is told the port; as container/readiness-refused",
        ["container/ephemeral-storage-evicted"] = "storage is not measured",
        ["config/pvc-no-provisioner"] = "nothing acts on claims, so that they have no events",
        ["config/pvc-no-storage-class"] = "nothing acts on claims, so that they have no events",
        ["config/read-only-root"] = "this machine's shell ends with another code",
        ["container/exec-format-error"] = "this machine's shell ends with another code",
        ["container/flapping"] = "quotes a connection that was reset by chance",
        ["container/liveness-500"] = "its web server starts later than the recorded one, and ends by itself",
        ["image/pull-secret-created-later"] = "the node may pull from the cluster's registry without a pull secret",
        ["image/pull-secret-missing"] = "the node may pull from the cluster's registry without a pull secret",
        ["image/unauthorized"] = "the node may pull from the cluster's registry without a pull secret",
    };

    /// <summary>Times are shorter, and what the recorded image had not, here goes by a name that this machine has not.</summary>
    public static Func<string, string> Change(string name) => text =>
    {
        text = Deadline().Replace(text, "\"progressDeadlineSeconds\": 4");
        return name switch
        {
            "container/command-not-found" => text.Replace("dotnet", "dotnot", StringComparison.Ordinal),
            "container/oom-killed" => text.Replace("bs=200M count=1\"", "bs=200M\"", StringComparison.Ordinal),
            _ => text,
        };
    };

    [GeneratedRegex("\"progressDeadlineSeconds\": ?[1-9][0-9](?![0-9])")]
    private static partial Regex Deadline();

    /// <summary>What depends on who comes first, so that it need not be seen.</summary>
    public static bool IsByChance(string name, string fact) =>
        name.Length > 0
        && (fact is "Pod Pending" or "Pod Running" || fact.Contains("waiting ContainerCreating", StringComparison.Ordinal)
            || fact.Contains("waiting PodInitializing", StringComparison.Ordinal)
            || fact.Contains("connection refused", StringComparison.Ordinal)
            || fact.Contains("Ready=False ContainersNotReady", StringComparison.Ordinal)
            || IsOfMomentaryReadiness(name, fact));

    /// <summary>A container without probes is ready from its start to its exit. Where it exits at once, whether the Deployment sees that, and goes on, is chance.</summary>
    private static bool IsOfMomentaryReadiness(string name, string fact) =>
        name == "update/crash" && fact.Contains("Scaled ", StringComparison.Ordinal) && !fact.Contains(" from 0 ", StringComparison.Ordinal);
}
