using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>Kinds that a deployment refers to and never makes.</summary>
internal static class ReferredKinds
{
    public static readonly ObjectKind IngressClass = new("networking.k8s.io", "v1", "IngressClass", "ingressclasses", Namespaced: false);
    public static readonly ObjectKind PriorityClass = new("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", Namespaced: false);
    public static readonly ObjectKind RuntimeClass = new("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses", Namespaced: false);
    public static readonly ObjectKind Role = new("rbac.authorization.k8s.io", "v1", "Role", "roles");
    public static readonly ObjectKind ClusterRole = new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", Namespaced: false);
}
