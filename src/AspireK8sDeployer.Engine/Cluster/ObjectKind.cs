namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A kind of object and where the API serves it. A static table needs no discovery.</summary>
internal sealed record ObjectKind(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    public static readonly ObjectKind Namespace = new("", "v1", "Namespace", "namespaces", Namespaced: false);
    public static readonly ObjectKind Node = new("", "v1", "Node", "nodes", Namespaced: false);
    public static readonly ObjectKind Secret = new("", "v1", "Secret", "secrets");
    public static readonly ObjectKind ConfigMap = new("", "v1", "ConfigMap", "configmaps");
    public static readonly ObjectKind ServiceAccount = new("", "v1", "ServiceAccount", "serviceaccounts");
    public static readonly ObjectKind Service = new("", "v1", "Service", "services");
    public static readonly ObjectKind Pod = new("", "v1", "Pod", "pods");
    public static readonly ObjectKind Event = new("", "v1", "Event", "events");
    public static readonly ObjectKind Deployment = new("apps", "v1", "Deployment", "deployments");
    public static readonly ObjectKind ReplicaSet = new("apps", "v1", "ReplicaSet", "replicasets");
    public static readonly ObjectKind Autoscaler = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    public static readonly ObjectKind EndpointSlice = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
    public static readonly ObjectKind Lease = new("coordination.k8s.io", "v1", "Lease", "leases");

    public static readonly ObjectKind RoleBinding = new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");
    public static readonly ObjectKind NetworkPolicy = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
    public static readonly ObjectKind Claim = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
    public static readonly ObjectKind Ingress = new("networking.k8s.io", "v1", "Ingress", "ingresses");
    public static readonly ObjectKind DisruptionBudget = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
    public static readonly ObjectKind Route = new("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");
    public static readonly ObjectKind Gateway = new("gateway.networking.k8s.io", "v1", "Gateway", "gateways");
    public static readonly ObjectKind ScaledObject = new("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects");

    /// <summary>The kinds that every deployment consists of, besides its namespace.</summary>
    public static readonly IReadOnlyList<ObjectKind> Always = [Secret, Service, Deployment];

    /// <summary>Those that it has when its settings ask for them. Without that they are not looked for: it takes rights, and not every cluster has them.</summary>
    public static readonly IReadOnlyList<ObjectKind> Optional =
        [ConfigMap, ServiceAccount, RoleBinding, NetworkPolicy, DisruptionBudget, Autoscaler, ScaledObject, Ingress, Route];

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    private static readonly ObjectKind[] Known = [Namespace, .. Always, .. Optional, Lease, Gateway, Claim];

    /// <summary>The kind of an object, as far as it is in the table; <see cref="KindDiscovery"/> knows the others.</summary>
    public static ObjectKind? Find(ObjectId id) => Known.FirstOrDefault(kind => kind.Kind == id.Kind && kind.ApiVersion == id.ApiVersion);

    public ObjectId Id(string? @namespace, string name) => new(ApiVersion, Kind, Namespaced ? @namespace : null, name);

    /// <summary>The path of the collection, in all namespaces when none is named, or with a name of one object.</summary>
    public string Path(string? @namespace, string? name = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var collection = Namespaced && @namespace is not null ? $"{root}/namespaces/{@namespace}/{Plural}" : $"{root}/{Plural}";
        return name is null ? collection : $"{collection}/{name}";
    }
}
