using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Plans the deletion and making again of an object whose change the cluster does not accept.</summary>
internal static class Replacement
{
    public const string NotAllowed = "K8SD229";
    public const string NeverAllowed = "K8SD219";

    // They hold data, or everything else.
    private static readonly string[] Never = ["PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition"];

    /// <summary>Plans it; without permission as what it would be, and what allows it.</summary>
    /// <param name="id">The object.</param>
    /// <param name="desired">What is to be.</param>
    /// <param name="live">What is.</param>
    /// <param name="fields">What cannot change.</param>
    /// <param name="policy">What is allowed.</param>
    public static PlannedObject Plan(ObjectId id, JsonObject desired, JsonObject live, IReadOnlyList<FieldChange> fields, PlanPolicy policy)
    {
        var blocker = Blocker(id, fields, policy);
        return new PlannedObject(new PlannedChange(ChangeKind.Replace, id, fields, Consequence(id, live)), desired, live) { Blocker = blocker };
    }

    /// <summary>Whether dependents go along, stay, or are left to the cluster's garbage collection.</summary>
    public static Cluster.Propagation PropagationOf(ObjectId id) => id.Kind switch
    {
        // Its pods, which may hold volumes, go on under the new one.
        "StatefulSet" => Cluster.Propagation.Orphan,
        "Deployment" or "ReplicaSet" or "DaemonSet" or "Job" => Cluster.Propagation.Foreground,
        _ => Cluster.Propagation.Background,
    };

    private static PlanBlocker? Blocker(ObjectId id, IReadOnlyList<FieldChange> fields, PlanPolicy policy)
    {
        var what = string.Join(", ", fields.Select(field => field.Path).Distinct());
        if (Never.Contains(id.Kind))
        {
            return new PlanBlocker(
                id, NeverAllowed, $"{id} cannot change in {what} while it exists, and is never deleted by a deploy for what is in it",
                "set the field back, or make another object with another name and move the data")
            { Reason = "IMMUTABLE" };
        }

        // A binding is nothing but its role; it goes and comes back in one breath, and is ours alone.
        return id.Kind is "RoleBinding" || policy.MayReplace(id)
            ? null
            : new PlanBlocker(
                id, NotAllowed, $"{id} cannot change in {what} while it exists",
                $"set the field back, or let the deploy delete the object and make it again with .WithReplacement(\"{id.Kind}\"): {Words(id)}")
            { Reason = "IMMUTABLE" };
    }

    private static string Consequence(ObjectId id, JsonObject live) => id.Kind switch
    {
        "RoleBinding" => "is deleted and made again: what it binds cannot change",
        "Service" when (string?)live["spec"]?["type"] == "LoadBalancer" => "is deleted and made again: its addresses are lost, the outer one too",
        _ => $"is deleted and made again: {Words(id)}",
    };

    private static string Words(ObjectId id) => id.Kind switch
    {
        "Deployment" or "DaemonSet" => "nothing answers until the new pods are ready",
        "StatefulSet" => "its pods and volumes stay",
        "Service" => "its addresses are lost",
        "Ingress" or "HTTPRoute" => "it is not reached meanwhile",
        "Secret" or "ConfigMap" => "pods that start meanwhile wait for it",
        "Job" => "it runs again",
        _ => "it is gone for a moment",
    };
}
