using static AspireK8sDeployer.EmbeddedCluster.Resources.ResourceDefinition;

namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>The rows of the kinds that every cluster has. Adding a kind is adding a line here.</summary>
internal static class BuiltInResources
{
    private static readonly string[] ReadWrite = ["get", "patch", "update"];
    private static readonly string[] CreateOnly = ["create"];
    private static readonly Subresource Scale = new("scale", "Scale", ReadWrite, "autoscaling", "v1");

    private static readonly string[] NamespaceVerbs = [.. AllVerbs.Where(verb => verb != "deletecollection")];

    private static readonly Dictionary<string, ResourceTraits> TraitsOf = new()
    {
        ["ClusterRole"] = ResourceTraits.CreateOnUpdate,
        ["ClusterRoleBinding"] = ResourceTraits.CreateOnUpdate,
        ["CustomResourceDefinition"] = ResourceTraits.LockedUpdate,
        ["Endpoints"] = ResourceTraits.CreateOnUpdate,
        ["Event"] = ResourceTraits.CreateOnUpdate | ResourceTraits.NoPropagation,
        ["Job"] = ResourceTraits.OrphansByDefault,
        ["Lease"] = ResourceTraits.CreateOnUpdate | ResourceTraits.LockedUpdate,
        ["LimitRange"] = ResourceTraits.CreateOnUpdate,
        ["PersistentVolume"] = ResourceTraits.ReturnsDeleted,
        ["PersistentVolumeClaim"] = ResourceTraits.ReturnsDeleted,
        ["Pod"] = ResourceTraits.ReturnsDeleted,
        ["PodDisruptionBudget"] = ResourceTraits.LockedUpdate,
        ["PodTemplate"] = ResourceTraits.ReturnsDeleted,
        ["ReplicationController"] = ResourceTraits.OrphansByDefault,
        ["ResourceQuota"] = ResourceTraits.ReturnsDeleted,
        ["Role"] = ResourceTraits.CreateOnUpdate,
        ["RoleBinding"] = ResourceTraits.CreateOnUpdate,
        ["Service"] = ResourceTraits.CreateOnUpdate | ResourceTraits.ReturnsDeleted,
        ["ServiceAccount"] = ResourceTraits.ReturnsDeleted,
        ["StorageClass"] = ResourceTraits.ReturnsDeleted,
    };

    public static IReadOnlyList<ResourceDefinition> Create()
    {
        var events = Row("v1", "Event", "events", "ev");
        var autoscalers = Row("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", all: true, status: true);

        return
        [
            Row("v1", "Binding", "bindings", verbs: CreateOnly),
            Row("v1", "ConfigMap", "configmaps", "cm"),
            Row("v1", "Endpoints", "endpoints", "ep", singular: "endpoints"),
            events,
            Row("v1", "LimitRange", "limitranges", "limits"),
            Row("v1", "Namespace", "namespaces", "ns", namespaced: false, status: true, verbs: NamespaceVerbs,
                more: [new("finalize", "Namespace", ["update"])]),
            Row("v1", "Node", "nodes", "no", namespaced: false, status: true),
            Row("v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", status: true),
            Row("v1", "PersistentVolume", "persistentvolumes", "pv", namespaced: false, status: true),
            Row("v1", "Pod", "pods", "po", all: true, status: true, more:
            [
                new("binding", "Binding", CreateOnly),
                new("ephemeralcontainers", "Pod", ReadWrite),
                new("eviction", "Eviction", CreateOnly, "policy", "v1"),
                new("log", "Pod", ["get"]),
            ]),
            Row("v1", "PodTemplate", "podtemplates"),
            Row("v1", "ReplicationController", "replicationcontrollers", "rc", all: true, status: true, more: [Scale]),
            Row("v1", "ResourceQuota", "resourcequotas", "quota", status: true),
            Row("v1", "Secret", "secrets"),
            Row("v1", "ServiceAccount", "serviceaccounts", "sa", more:
                [new("token", "TokenRequest", CreateOnly, "authentication.k8s.io", "v1")]),
            Row("v1", "Service", "services", "svc", all: true, status: true),

            Row("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", "crd,crds", namespaced: false, status: true)
                with { Categories = ["api-extensions"] },

            Row("apps/v1", "ControllerRevision", "controllerrevisions"),
            Row("apps/v1", "DaemonSet", "daemonsets", "ds", all: true, status: true),
            Row("apps/v1", "Deployment", "deployments", "deploy", all: true, status: true, more: [Scale]),
            Row("apps/v1", "ReplicaSet", "replicasets", "rs", all: true, status: true, more: [Scale]),
            Row("apps/v1", "StatefulSet", "statefulsets", "sts", all: true, status: true, more: [Scale]),

            Row("authentication.k8s.io/v1", "SelfSubjectReview", "selfsubjectreviews", namespaced: false, verbs: CreateOnly),
            Row("authentication.k8s.io/v1", "TokenReview", "tokenreviews", namespaced: false, verbs: CreateOnly),

            Row("authorization.k8s.io/v1", "LocalSubjectAccessReview", "localsubjectaccessreviews", verbs: CreateOnly),
            Row("authorization.k8s.io/v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", namespaced: false, verbs: CreateOnly),
            Row("authorization.k8s.io/v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews", namespaced: false, verbs: CreateOnly),
            Row("authorization.k8s.io/v1", "SubjectAccessReview", "subjectaccessreviews", namespaced: false, verbs: CreateOnly),

            autoscalers,
            Row("autoscaling/v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", all: true, status: true)
                with { StoredAs = autoscalers },

            Row("batch/v1", "CronJob", "cronjobs", "cj", all: true, status: true),
            Row("batch/v1", "Job", "jobs", all: true, status: true),

            Row("coordination.k8s.io/v1", "Lease", "leases"),

            Row("discovery.k8s.io/v1", "EndpointSlice", "endpointslices"),

            Row("events.k8s.io/v1", "Event", "events", "ev") with { StoredAs = events },

            Row("networking.k8s.io/v1", "IngressClass", "ingressclasses", namespaced: false),
            Row("networking.k8s.io/v1", "Ingress", "ingresses", "ing", status: true),
            Row("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "netpol"),

            Row("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", status: true),

            Row("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", namespaced: false),
            Row("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", namespaced: false),
            Row("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
            Row("rbac.authorization.k8s.io/v1", "Role", "roles"),

            Row("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", "pc", namespaced: false),

            Row("storage.k8s.io/v1", "StorageClass", "storageclasses", "sc", namespaced: false),
        ];
    }

    private static ResourceDefinition Row(
        string apiVersion,
        string kind,
        string plural,
        string shortNames = "",
        bool namespaced = true,
        bool all = false,
        bool status = false,
        string? singular = null,
        IReadOnlyList<string>? verbs = null,
        IReadOnlyList<Subresource>? more = null)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        var version = apiVersion[(slash + 1)..];
        IEnumerable<Subresource> subresources = more ?? [];
        if (status)
        {
            subresources = subresources.Append(new("status", kind, ReadWrite));
        }

        return new ResourceDefinition
        {
            Group = group,
            Version = version,
            Kind = kind,
            ListKind = kind + "List",
            Plural = plural,
            Singular = singular ?? kind.ToLowerInvariant(),
            Namespaced = namespaced,
            ShortNames = shortNames.Length == 0 ? [] : shortNames.Split(','),
            Categories = all ? ["all"] : [],
            Verbs = verbs ?? AllVerbs,
            Subresources = [.. subresources.OrderBy(s => s.Name, StringComparer.Ordinal)],
            Traits = TraitsOf.GetValueOrDefault(kind),
            Model = KubernetesModels.Find(group, version, kind),
        };
    }
}
