using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>What the Deployment controller notes on its ReplicaSets.</summary>
internal static class ReplicaSetAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    private const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    private const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    private const string MaximumReplicas = "deployment.kubernetes.io/max-replicas";

    private const int MaximumHistory = 2000;

    private static readonly HashSet<string> NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration",
        Revision,
        RevisionHistory,
        DesiredReplicas,
        MaximumReplicas,
        "deprecated.deployment.rollback.to",
    ];

    public static long RevisionOf(V1ReplicaSet set) => Number(set, Revision) ?? 0;

    public static int? MaxReplicas(V1ReplicaSet set) => Count(set, MaximumReplicas);

    public static int? Desired(V1ReplicaSet set) => Count(set, DesiredReplicas);

    /// <summary>Notes the size that the Deployment had; true when that is news.</summary>
    public static bool SetReplicas(V1ReplicaSet set, V1Deployment deployment)
    {
        var wanted = RollingUpdate.Replicas(deployment);
        return Set(set, DesiredReplicas, Text(wanted)) | Set(set, MaximumReplicas, Text(wanted + RollingUpdate.MaxSurge(deployment)));
    }

    /// <summary>Makes the ReplicaSet the one of a revision, and copies the Deployment's own annotations; true when something changed.</summary>
    public static bool SetForRevision(V1ReplicaSet set, V1Deployment deployment, long revision, bool exists)
    {
        var changed = false;
        set.Metadata.Annotations ??= new Dictionary<string, string>();
        foreach (var (key, value) in deployment.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            changed |= !NotCopied.Contains(key) && Set(set, key, value);
        }

        var before = set.Metadata.Annotations.TryGetValue(Revision, out var text) ? text : null;
        if (before is { Length: > 0 } && Number(set, Revision) is null)
        {
            return false; // somebody wrote what is no number: it is left alone
        }

        if (RevisionOf(set) < revision)
        {
            changed |= Set(set, Revision, Text(revision));
            if (before is not null)
            {
                Set(set, RevisionHistory, Lengthen(set.Metadata.Annotations.TryGetValue(RevisionHistory, out var earlier) ? earlier : "", before));
            }
        }

        return exists ? changed : SetReplicas(set, deployment) | changed;
    }

    /// <summary>The revisions that a ReplicaSet had, without the first ones when there are too many to keep.</summary>
    public static string Lengthen(string history, string revision)
    {
        if (history.Length == 0)
        {
            return revision;
        }

        var kept = new Queue<string>(history.Split(','));
        var length = history.Length + 1 + revision.Length;
        while (length > MaximumHistory && kept.TryDequeue(out var first))
        {
            length -= first.Length + 1;
        }

        return length > MaximumHistory ? history : string.Join(',', kept.Append(revision));
    }

    private static bool Set(V1ReplicaSet set, string key, string value)
    {
        var annotations = set.Metadata.Annotations ??= new Dictionary<string, string>();
        if (annotations.TryGetValue(key, out var current) && current == value)
        {
            return false;
        }

        annotations[key] = value;
        return true;
    }

    private static long? Number(V1ReplicaSet set, string key) =>
        set.Metadata.Annotations?.TryGetValue(key, out var text) == true && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A count that somebody else may have written: what is no count is none.</summary>
    private static int? Count(V1ReplicaSet set, string key) =>
        set.Metadata.Annotations?.TryGetValue(key, out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
