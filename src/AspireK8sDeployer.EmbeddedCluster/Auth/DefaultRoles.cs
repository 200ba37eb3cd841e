using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>The roles and bindings that every cluster has.</summary>
internal static class DefaultRoles
{
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] Everything = ["*"];
    private static readonly string[] Get = ["get"];
    private static readonly string[] Create = ["create"];

    /// <summary>ClusterRoles and ClusterRoleBindings, ready to be created.</summary>
    public static IEnumerable<(string Kind, JsonObject Object)> All()
    {
        yield return Role("cluster-admin", Rule(Everything, Everything, Everything), Urls(Everything, "*"));
        yield return Role("admin", [.. ViewRules(), .. EditRules(), .. AdminRules()]);
        yield return Role("edit", [.. ViewRules(), .. EditRules()]);
        yield return Role("view", [.. ViewRules()]);
        yield return Role(
            "system:discovery",
            Urls(Get, "/.well-known", "/.well-known/*"),
            Urls(Get, "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"));
        yield return Role("system:public-info-viewer", Urls(Get, "/healthz", "/livez", "/readyz", "/version", "/version/"));
        yield return Role(
            "system:basic-user",
            Rule(Create, ["authentication.k8s.io"], ["selfsubjectreviews"]),
            Rule(Create, ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]));
        yield return Role(
            "system:service-account-issuer-discovery",
            Urls(Get, "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/"));
        yield return Role(
            "system:auth-delegator",
            Rule(Create, ["authentication.k8s.io"], ["tokenreviews"]),
            Rule(Create, ["authorization.k8s.io"], ["subjectaccessreviews"]));
        yield return Role("system:monitoring", Urls(Get, "/healthz", "/healthz/*", "/livez", "/livez/*", "/metrics", "/metrics/slis", "/readyz", "/readyz/*"));

        yield return Binding("cluster-admin", "cluster-admin", "Group", UserInfo.AdministratorsGroup);
        yield return Binding("system:discovery", "system:discovery", "Group", UserInfo.AuthenticatedGroup);
        yield return Binding("system:basic-user", "system:basic-user", "Group", UserInfo.AuthenticatedGroup);
        yield return Binding("system:public-info-viewer", "system:public-info-viewer", "Group", UserInfo.AuthenticatedGroup, "system:unauthenticated");
        yield return Binding("system:service-account-issuer-discovery", "system:service-account-issuer-discovery", "Group", ServiceAccounts.Group);
        yield return Binding("system:monitoring", "system:monitoring", "Group", "system:monitoring");
    }

    private static IEnumerable<JsonObject> ViewRules() =>
    [
        Rule(Read, [""], ["configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers",
            "replicationcontrollers/scale", "serviceaccounts", "services", "services/status"]),
        Rule(Read, [""], ["bindings", "events", "limitranges", "namespaces/status", "pods/log", "pods/status",
            "replicationcontrollers/status", "resourcequotas", "resourcequotas/status"]),
        Rule(Read, [""], ["namespaces"]),
        Rule(Read, ["discovery.k8s.io"], ["endpointslices"]),
        Rule(Read, ["apps"], ["controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status",
            "replicasets", "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status"]),
        Rule(Read, ["autoscaling"], ["horizontalpodautoscalers", "horizontalpodautoscalers/status"]),
        Rule(Read, ["batch"], ["cronjobs", "cronjobs/status", "jobs", "jobs/status"]),
        Rule(Read, ["policy"], ["poddisruptionbudgets", "poddisruptionbudgets/status"]),
        Rule(Read, ["networking.k8s.io"], ["ingresses", "ingresses/status", "networkpolicies"]),
    ];

    private static IEnumerable<JsonObject> EditRules() =>
    [
        Rule(Read, [""], ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"]),
        Rule(["impersonate"], [""], ["serviceaccounts"]),
        Rule(Write, [""], ["pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy"]),
        Rule(Create, [""], ["pods/eviction"]),
        Rule(Write, [""], ["configmaps", "events", "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets",
            "serviceaccounts", "services", "services/proxy"]),
        Rule(Create, [""], ["serviceaccounts/token"]),
        Rule(Write, ["apps"], ["daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale",
            "statefulsets", "statefulsets/scale"]),
        Rule(Write, ["autoscaling"], ["horizontalpodautoscalers"]),
        Rule(Write, ["batch"], ["cronjobs", "jobs"]),
        Rule(Write, ["policy"], ["poddisruptionbudgets"]),
        Rule(Write, ["networking.k8s.io"], ["ingresses", "networkpolicies"]),
        Rule([.. Read, .. Write], ["coordination.k8s.io"], ["leases"]),
    ];

    private static IEnumerable<JsonObject> AdminRules() =>
    [
        Rule(Create, ["authorization.k8s.io"], ["localsubjectaccessreviews"]),
        Rule([.. Read, .. Write], ["rbac.authorization.k8s.io"], ["rolebindings", "roles"]),
    ];

    private static JsonObject Rule(string[] verbs, string[] groups, string[] resources) =>
        new PolicyRule(verbs, groups, resources, [], []).ToJson();

    private static JsonObject Urls(string[] verbs, params string[] paths) => new PolicyRule(verbs, [], [], [], paths).ToJson();

    private static (string Kind, JsonObject Object) Role(string name, params JsonObject[] rules) =>
        ("ClusterRole", new JsonObject { ["metadata"] = Named(name), ["rules"] = new JsonArray([.. rules]) });

    private static (string Kind, JsonObject Object) Binding(string name, string role, string kind, params string[] subjects) => (
        "ClusterRoleBinding",
        new JsonObject
        {
            ["metadata"] = Named(name),
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role },
            ["subjects"] = new JsonArray([.. subjects.Select(subject =>
                new JsonObject { ["kind"] = kind, ["apiGroup"] = "rbac.authorization.k8s.io", ["name"] = subject })]),
        });

    private static JsonObject Named(string name) => new()
    {
        ["name"] = name,
        ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
        ["annotations"] = new JsonObject { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" },
    };
}
