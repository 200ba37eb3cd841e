using System.Text;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>Which recordings are staged, and how they are fitted to a machine without the recorded images.</summary>
internal static partial class StagedRollouts
{
    /// <summary>A tag that is not on the node before the play that pulls it.</summary>
    public const string FirstPull = "first";

    public static readonly string[] Groups = ["admission", "config", "container", "deletion", "disruption", "healthy", "image", "scheduling", "service", "update"];

    /// <summary>What cannot be staged, and why.</summary>
    public static readonly Dictionary<string, string> Missing = new()
    {
        ["admission/policy-denies-pod"] = "the embedded cluster has no admission policies: their rules are CEL, which nothing here evaluates",
        ["admission/webhook-down"] = "the embedded cluster keeps webhook configurations of no kind, and calls none",
    };

    /// <summary>Times are shorter; registries are where they are here; and what the recorded image had not, here goes by a name that this machine has not.</summary>
    public static Func<string, string> Change(string name, int privatePort) => text =>
    {
        text = Deadline().Replace(text, "\"progressDeadlineSeconds\": 4").Replace("127.0.0.1:5011", $"127.0.0.1:{privatePort}", StringComparison.Ordinal);
        return name switch
        {
            "container/command-not-found" => text.Replace("dotnet", "dotnot", StringComparison.Ordinal),
            "container/dotnet-unhandled-exception" => text.Replace("orders-api:1", $"orders-api:{FirstPull}", StringComparison.Ordinal),
            "container/oom-killed" => text.Replace("bs=200M count=1\"", "bs=200M\"", StringComparison.Ordinal),
            "image/pull-secret-created-later" => text.Replace(Encoded(5011), Encoded(privatePort), StringComparison.Ordinal),
            _ => text,
        };
    };

    /// <summary>
    /// What depends on who comes first, so that it need not be seen. Everything else is a state that is written before the
    /// next one can be, however quick or slow the machine is.
    /// </summary>
    public static bool IsByChance(RecordedRollout recorded, string fact, IReadOnlyCollection<string> all) =>
        IsOfAFirstLook(fact) || IsOfABrokenConnection(fact, all) || IsOfPassingProgress(fact, all) || IsOfMomentaryReadiness(recorded, fact, all);

    /// <summary>
    /// What a probe meets at a container that is not yet, or no more, there to answer: nobody, somebody who hangs up, or,
    /// when it looks a moment later, what it answers at last. Where nobody ever answers it is certain.
    /// </summary>
    private static bool IsOfABrokenConnection(string fact, IReadOnlyCollection<string> all) =>
        Broken().IsMatch(fact) && all.Any(other => other.Contains("HTTP probe failed", StringComparison.Ordinal) || IsAvailable(other));

    /// <summary>
    /// A claim that is left to its first pod is looked at before that pod is there, or after, or when it is placed already; so is a
    /// budget before or after its first pod.
    /// </summary>
    private static bool IsOfAFirstLook(string fact) =>
        fact.StartsWith("event Normal NoPods of PodDisruptionBudget", StringComparison.Ordinal)
        || fact.StartsWith("event Normal WaitForFirstConsumer ", StringComparison.Ordinal)
        || fact.StartsWith("event Normal WaitForPodScheduled ", StringComparison.Ordinal);

    /// <summary>Between its beginning and its end a rollout is under way only for as long as its pods take to be ready.</summary>
    private static bool IsOfPassingProgress(string fact, IReadOnlyCollection<string> all) =>
        fact.StartsWith("Deployment Progressing=True ReplicaSetUpdated", StringComparison.Ordinal) && all.Any(other => other.Contains(" NewReplicaSetAvailable: ", StringComparison.Ordinal));

    /// <summary>
    /// A container without a readiness probe is ready from its start to its exit. Where it exits by itself, whether its
    /// Deployment sees it ready, and goes on, depends on whether it looks in between.
    /// </summary>
    private static bool IsOfMomentaryReadiness(RecordedRollout recorded, string fact, IReadOnlyCollection<string> all) =>
        recorded.HasUnprobedContainer
        && all.Any(other => Ended().IsMatch(other))
        && (IsAvailable(fact)
            || fact.Contains(" NewReplicaSetAvailable: ", StringComparison.Ordinal)
            || (fact.Contains("Scaled ", StringComparison.Ordinal) && !fact.Contains(" from 0 ", StringComparison.Ordinal)));

    private static bool IsAvailable(string fact) => fact.StartsWith("Deployment Available=True", StringComparison.Ordinal);

    /// <summary>The recorded pull secret.</summary>
    private static string Encoded(int port) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$$$"""{"auths": {"127.0.0.1:{{{{port}}}}": {"username": "deploy", "password": "s3cret", "auth": "ZGVwbG95OnMzY3JldA=="}}}"""));

    [GeneratedRegex("\"progressDeadlineSeconds\": ?[1-9][0-9](?![0-9])")]
    private static partial Regex Deadline();

    [GeneratedRegex("probe failed: Get .*: (connect: connection refused|read: connection reset by peer|EOF)$")]
    private static partial Regex Broken();

    [GeneratedRegex("^container [^ ]+ (last )?(terminated|waiting CrashLoopBackOff)")]
    private static partial Regex Ended();
}
