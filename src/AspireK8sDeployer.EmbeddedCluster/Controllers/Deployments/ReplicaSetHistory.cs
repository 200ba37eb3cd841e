using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>The ReplicaSets of a Deployment: the one of the current template, the older ones, and their revisions.</summary>
internal sealed class ReplicaSetHistory(ControllerContext context)
{
    private const string Manager = ReplicaSetScaler.Manager;
    private const int LongestName = 253;

    private IClusterApi Api => context.Api;

    private DateTime Now => KubernetesTime.Truncate(context.Time.GetUtcNow());

    public List<V1ReplicaSet> Claim(V1Deployment deployment) => Ownership.Claim(
        deployment,
        Ownership.ReferenceTo(deployment, "apps/v1", "Deployment"),
        deployment.Spec.Selector,
        Ownership.Candidates<V1ReplicaSet>(Api, deployment, deployment.Spec.Selector),
        set => Api.Update(set, Manager));

    /// <summary>The ReplicaSet with the Deployment's template; of several, as left by old versions, the oldest.</summary>
    public static V1ReplicaSet? FindNew(V1Deployment deployment, IEnumerable<V1ReplicaSet> sets) => sets
        .Order(RollingUpdate.OldestFirst)
        .FirstOrDefault(set => PodTemplates.AreEqual(set.Spec.Template, deployment.Spec.Template));

    /// <summary>Gives the ReplicaSet of the current template the highest revision, and creates it if it is wanted and missing.</summary>
    public (V1Deployment Deployment, V1ReplicaSet? New, IReadOnlyList<V1ReplicaSet> Old) Sync(
        V1Deployment deployment, IReadOnlyList<V1ReplicaSet> sets, bool createMissing)
    {
        var current = FindNew(deployment, sets);
        var old = sets.Where(set => set != current).ToArray();
        var revision = old.Select(ReplicaSetAnnotations.RevisionOf).DefaultIfEmpty(0).Max() + 1;

        if (current is not null)
        {
            return (Found(deployment, ref current, revision), current, old);
        }

        return createMissing ? Create(deployment, old, revision) : (deployment, null, old);
    }

    /// <summary>Deletes the oldest ReplicaSets beyond the history limit; only such that are quite empty.</summary>
    public void CleanUp(V1Deployment deployment, IEnumerable<V1ReplicaSet> old)
    {
        if (deployment.Spec.RevisionHistoryLimit is not (< int.MaxValue and var limit))
        {
            return;
        }

        var kept = old.Where(set => set.Metadata.DeletionTimestamp is null).OrderBy(ReplicaSetAnnotations.RevisionOf).ThenBy(set => set, RollingUpdate.OldestFirst).ToArray();
        foreach (var set in kept.Take(Math.Max(0, kept.Length - limit)))
        {
            if ((set.Status?.Replicas ?? 0) == 0 && RollingUpdate.Replicas(set) == 0 && set.Metadata.Generation <= (set.Status?.ObservedGeneration ?? 0))
            {
                Api.Delete<V1ReplicaSet>(set.Metadata.NamespaceProperty, set.Metadata.Name, new DeleteOptions { PropagationPolicy = "Background" });
            }
        }
    }

    private V1Deployment Found(V1Deployment deployment, ref V1ReplicaSet current, long revision)
    {
        var changed = ReplicaSetAnnotations.SetForRevision(current, deployment, revision, exists: true);
        if ((current.Spec.MinReadySeconds ?? 0) != (deployment.Spec.MinReadySeconds ?? 0))
        {
            current.Spec.MinReadySeconds = deployment.Spec.MinReadySeconds;
            changed = true;
        }

        if (changed)
        {
            current = Api.Update(current, Manager);
        }

        var noted = SetRevision(deployment, ReplicaSetAnnotations.RevisionOf(current));
        if (DeploymentProgress.HasDeadline(deployment) && DeploymentProgress.Find(deployment.Status, DeploymentProgress.Progressing) is null)
        {
            deployment.Status ??= new V1DeploymentStatus();
            DeploymentProgress.Set(deployment.Status, DeploymentProgress.Condition(
                DeploymentProgress.Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{current.Metadata.Name}\"", Now));
            noted = true;
        }

        return noted ? SaveStatus(deployment) : deployment;
    }

    private (V1Deployment Deployment, V1ReplicaSet New, IReadOnlyList<V1ReplicaSet> Old) Create(
        V1Deployment deployment, IReadOnlyList<V1ReplicaSet> old, long revision)
    {
        var set = NewSet(deployment);
        set.Spec.Replicas = RollingUpdate.NewReplicas(deployment, old, current: 0);
        ReplicaSetAnnotations.SetForRevision(set, deployment, revision, exists: false);

        V1ReplicaSet created;
        try
        {
            created = Api.Create(set, Manager);
        }
        catch (ApiException e) when (e.Reason == "AlreadyExists")
        {
            // Another template with this hash, or another owner's: the next hash differs.
            deployment.Status ??= new V1DeploymentStatus();
            deployment.Status.CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1;
            Api.UpdateStatus(deployment, Manager);
            throw;
        }
        catch (ApiException e) when (e.Details?.Causes?.Any(cause => cause.Reason == "NamespaceTerminating") != true)
        {
            ReportFailure(deployment, set, e);
            throw;
        }

        if (created.Spec.Replicas > 0)
        {
            context.Events.Normal(
                ReplicaSetScaler.Source, deployment, "ScalingReplicaSet", $"Scaled up replica set {created.Metadata.Name} from 0 to {created.Spec.Replicas}");
        }

        var noted = SetRevision(deployment, revision);
        if (DeploymentProgress.HasDeadline(deployment))
        {
            deployment.Status ??= new V1DeploymentStatus();
            DeploymentProgress.Set(deployment.Status, DeploymentProgress.Condition(
                DeploymentProgress.Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{created.Metadata.Name}\"", Now));
            noted = true;
        }

        return (noted ? SaveStatus(deployment) : deployment, created, old);
    }

    private void ReportFailure(V1Deployment deployment, V1ReplicaSet set, ApiException problem)
    {
        var message = $"Failed to create new replica set \"{set.Metadata.Name}\": {problem.Message}";
        context.Events.Warning(ReplicaSetScaler.Source, deployment, "ReplicaSetCreateError", message);
        if (DeploymentProgress.HasDeadline(deployment))
        {
            deployment.Status ??= new V1DeploymentStatus();
            DeploymentProgress.Set(deployment.Status, DeploymentProgress.Condition(
                DeploymentProgress.Progressing, "False", "ReplicaSetCreateError", message, Now));
            Api.UpdateStatus(deployment, Manager);
        }
    }

    private static V1ReplicaSet NewSet(V1Deployment deployment)
    {
        var hash = PodTemplates.Hash(deployment.Spec.Template, deployment.Status?.CollisionCount);
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(deployment.Spec.Template));
        (template.Metadata ??= new V1ObjectMeta()).Labels = WithHash(template.Metadata.Labels, hash);
        return new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta
            {
                Name = NameOf(deployment, hash),
                NamespaceProperty = deployment.Metadata.NamespaceProperty,
                Labels = template.Metadata.Labels,
                OwnerReferences = [Ownership.ReferenceTo(deployment, "apps/v1", "Deployment")],
            },
            Spec = new V1ReplicaSetSpec
            {
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = new V1LabelSelector
                {
                    MatchLabels = WithHash(deployment.Spec.Selector.MatchLabels, hash),
                    MatchExpressions = deployment.Spec.Selector.MatchExpressions,
                },
                Template = template,
            },
        };
    }

    private static string NameOf(V1Deployment deployment, string hash)
    {
        var longest = LongestName - 1 - hash.Length;
        var name = deployment.Metadata.Name;
        return $"{(name.Length > longest ? name[..longest] : name)}-{hash}";
    }

    private static Dictionary<string, string> WithHash(IDictionary<string, string>? labels, string hash) =>
        new(labels ?? new Dictionary<string, string>()) { [PodTemplates.HashLabel] = hash };

    private static bool SetRevision(V1Deployment deployment, long revision)
    {
        var text = revision.ToString(CultureInfo.InvariantCulture);
        var annotations = deployment.Metadata.Annotations ??= new Dictionary<string, string>();
        if (annotations.TryGetValue(ReplicaSetAnnotations.Revision, out var current) && current == text)
        {
            return false;
        }

        annotations[ReplicaSetAnnotations.Revision] = text;
        return true;
    }

    /// <summary>The real controller writes the revision, an annotation, together with the status; that is where its ownership shows.</summary>
    private V1Deployment SaveStatus(V1Deployment deployment) => Api.UpdateStatus(deployment, Manager);
}
