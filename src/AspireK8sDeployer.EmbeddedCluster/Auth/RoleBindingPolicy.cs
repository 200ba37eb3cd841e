using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>A RoleBinding or ClusterRoleBinding, read.</summary>
internal sealed record RoleBindingPolicy(string RoleKind, string RoleName, IReadOnlyList<Subject> Subjects)
{
    public static RoleBindingPolicy FromJson(JsonObject binding)
    {
        var role = binding["roleRef"] as JsonObject ?? [];
        var subjects = (binding["subjects"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(subject => new Subject(subject.Text("kind"), subject.Text("name"), subject.Text("namespace")));
        return new RoleBindingPolicy(role.Text("kind"), role.Text("name"), [.. subjects]);
    }

    /// <summary>The subject through which the binding reaches the user; null when it does not.</summary>
    public Subject? Find(UserInfo user, string bindingNamespace) => Subjects.FirstOrDefault(subject => subject.Kind switch
    {
        "User" => subject.Name == user.Name,
        "Group" => user.Groups.Contains(subject.Name),
        "ServiceAccount" => user.Name == ServiceAccounts.UserName(
            subject.Namespace.Length == 0 ? bindingNamespace : subject.Namespace, subject.Name),
        _ => false,
    });
}

/// <summary>Who a binding is for.</summary>
internal sealed record Subject(string Kind, string Name, string Namespace)
{
    public override string ToString() => Kind == "ServiceAccount" ? $"ServiceAccount \"{Name}/{Namespace}\"" : $"{Kind} \"{Name}\"";
}
