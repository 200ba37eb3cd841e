using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>What plan, apply, wait, endpoint and delete ask of the API.</summary>
internal static class NeededPermissions
{
    public static readonly IReadOnlyList<Permission> InNamespace =
    [
        .. Of(ObjectKind.Secret, "get", "list", "create", "update", "patch", "delete"),
        .. Of(ObjectKind.Service, "get", "list", "create", "patch", "delete"),
        .. Of(ObjectKind.Deployment, "get", "list", "watch", "create", "patch", "delete"),
        .. Of(ObjectKind.Lease, "get", "create", "update", "delete"),
        .. Of(ObjectKind.ReplicaSet, "list", "watch"),
        .. Of(ObjectKind.Pod, "list", "watch"),
    ];

    public static readonly Permission GetNamespace = new("", "namespaces", "get");
    public static readonly Permission CreateNamespace = new("", "namespaces", "create");

    private static IEnumerable<Permission> Of(ObjectKind kind, params string[] verbs) => verbs.Select(verb => new Permission(kind.Group, kind.Plural, verb));
}
