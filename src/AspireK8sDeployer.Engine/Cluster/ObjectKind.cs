namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A kind of object and where the API serves it. A static table needs no discovery.</summary>
internal sealed record ObjectKind(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    public static readonly ObjectKind Namespace = new("", "v1", "Namespace", "namespaces", Namespaced: false);
    public static readonly ObjectKind Node = new("", "v1", "Node", "nodes", Namespaced: false);
    public static readonly ObjectKind Secret = new("", "v1", "Secret", "secrets");
    public static readonly ObjectKind Service = new("", "v1", "Service", "services");
    public static readonly ObjectKind Pod = new("", "v1", "Pod", "pods");
    public static readonly ObjectKind Event = new("", "v1", "Event", "events");
    public static readonly ObjectKind Deployment = new("apps", "v1", "Deployment", "deployments");
    public static readonly ObjectKind ReplicaSet = new("apps", "v1", "ReplicaSet", "replicasets");
    public static readonly ObjectKind Autoscaler = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    public static readonly ObjectKind EndpointSlice = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
    public static readonly ObjectKind Lease = new("coordination.k8s.io", "v1", "Lease", "leases");

    /// <summary>The kinds that a deployment can consist of, besides its namespace.</summary>
    public static readonly IReadOnlyList<ObjectKind> Managed = [Secret, Service, Deployment, Autoscaler];

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    private static readonly ObjectKind[] Known = [Namespace, Secret, Service, Deployment, Autoscaler, Lease];

    public static ObjectKind Of(ObjectId id) =>
        Known.FirstOrDefault(kind => kind.Kind == id.Kind && kind.ApiVersion == id.ApiVersion)
        ?? throw new ArgumentException($"{id.ApiVersion} {id.Kind} is not a kind that the engine applies.", nameof(id));

    public ObjectId Id(string? @namespace, string name) => new(ApiVersion, Kind, Namespaced ? @namespace : null, name);

    /// <summary>The path of the collection, in all namespaces when none is named, or with a name of one object.</summary>
    public string Path(string? @namespace, string? name = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var collection = Namespaced && @namespace is not null ? $"{root}/namespaces/{@namespace}/{Plural}" : $"{root}/{Plural}";
        return name is null ? collection : $"{collection}/{name}";
    }
}
