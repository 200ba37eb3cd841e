using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Finds the rules of a kind and applies them in the server's order.</summary>
internal static class ObjectValidation
{
    private delegate void CreateRule(Findings findings, JsonObject obj);

    private delegate void UpdateRule(Findings findings, JsonObject obj, JsonObject old);

    // What a kind's update rule leaves out (most check all of a new object again) is as the server has it.
    private static readonly FrozenDictionary<string, (CreateRule Create, UpdateRule? Update)> Kinds =
        new Dictionary<string, (CreateRule, UpdateRule?)>
        {
            ["Pod"] = (PodRules.PodCreate, PodUpdateRules.Update),
            ["Deployment"] = (WorkloadRules.Deployment, WorkloadRules.DeploymentUpdate),
            ["ReplicaSet"] = (WorkloadRules.ReplicaSet, WorkloadRules.ReplicaSetUpdate),
            ["StatefulSet"] = (StatefulSetRules.Create, StatefulSetRules.Update),
            ["Service"] = (ServiceRules.Create, ServiceRules.Update),
            ["Secret"] = (DataRules.Secret, DataRules.SecretUpdate),
            ["ConfigMap"] = (DataRules.ConfigMap, DataRules.ConfigMapUpdate),
            ["Namespace"] = (SmallRules.Namespace, SmallRules.NamespaceUpdate),
            ["ServiceAccount"] = (SmallRules.ServiceAccount, SmallRules.ServiceAccountUpdate),
            ["PersistentVolumeClaim"] = (ClaimRules.Create, ClaimRules.Update),
            ["Ingress"] = (IngressRules.Create, IngressRules.Update),
            ["IngressClass"] = (IngressRules.Class, IngressRules.ClassUpdate),
            ["NetworkPolicy"] = (NetworkPolicyRules.Create, NetworkPolicyRules.Update),
            ["HorizontalPodAutoscaler"] = (AutoscalerRules.Create, AutoscalerRules.Update),
            ["PodDisruptionBudget"] = (SmallRules.DisruptionBudget, SmallRules.DisruptionBudgetUpdate),
            ["Role"] = (RbacRules.Role, RbacRules.RoleUpdate),
            ["ClusterRole"] = (RbacRules.ClusterRole, RbacRules.ClusterRoleUpdate),
            ["RoleBinding"] = (RbacRules.RoleBinding, RbacRules.RoleBindingUpdate),
            ["ClusterRoleBinding"] = (RbacRules.ClusterRoleBinding, RbacRules.ClusterRoleBindingUpdate),
            ["ResourceQuota"] = (QuotaRules.Quota, QuotaRules.QuotaUpdate),
            ["LimitRange"] = (QuotaRules.LimitRange, QuotaRules.LimitRangeUpdate),
            ["Lease"] = (SmallRules.Lease, SmallRules.LeaseUpdate),
            ["EndpointSlice"] = (EndpointSliceRules.Create, EndpointSliceRules.Update),
            ["PriorityClass"] = (SmallRules.PriorityClass, SmallRules.PriorityClassUpdate),
            ["CustomResourceDefinition"] = (CrdRules.Create, CrdRules.Update),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, UpdateRule> Status = new Dictionary<string, UpdateRule>
    {
        ["Service"] = ServiceRules.StatusUpdate,
        ["Ingress"] = IngressRules.StatusUpdate,
    }.ToFrozenDictionary();

    public static IReadOnlyList<FieldError> Create(ResourceDefinition resource, JsonObject obj)
    {
        var findings = new Findings();
        Rules(resource)?.Create(findings, obj);
        if (findings.Count == 0)
        {
            // Last, so that a kind's own words about its names come first.
            MetadataRules.Check(findings, obj, resource.Namespaced, resource.Model is null ? NameRules.Subdomain : NameRules.PathSegment);
        }

        return findings.Errors;
    }

    public static IReadOnlyList<FieldError> Update(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource)
    {
        var findings = new Findings();
        MetadataRules.Check(findings, obj, resource.Namespaced, NameRules.PathSegment);
        MetadataRules.CheckUpdate(findings, obj, old);
        if (subresource == "status")
        {
            StatusRule(resource)(findings, obj, old);
        }
        else if (subresource == "binding")
        {
            // The scheduler may do what no other change of a pod may: set its node.
            StatusRule(resource)(findings, obj, old);
        }
        else if (Rules(resource)?.Update is { } update)
        {
            update(findings, obj, old);
        }
        else
        {
            MetadataRules.CheckUpdate(findings, obj, old);
        }

        return findings.Errors;
    }

    private static UpdateRule StatusRule(ResourceDefinition resource) => resource.Model is null
        ? (findings, obj, old) => CustomRules.StatusUpdate(findings, resource, obj, old)
        : Status.GetValueOrDefault(resource.Kind, MetadataRules.CheckUpdate);

    private static (CreateRule Create, UpdateRule? Update)? Rules(ResourceDefinition resource)
    {
        if (resource.Model is null)
        {
            return (
                (findings, obj) => CustomRules.Create(findings, resource, obj),
                (findings, obj, old) => CustomRules.Update(findings, resource, obj, old));
        }

        if (resource.Kind == "Event")
        {
            return resource.Group.Length == 0 ? (EventRules.Core, (f, obj, _) => EventRules.Core(f, obj)) : (EventRules.New, MetadataRules.CheckUpdate);
        }

        return Kinds.TryGetValue(resource.Kind, out var rules) ? rules : null;
    }
}
