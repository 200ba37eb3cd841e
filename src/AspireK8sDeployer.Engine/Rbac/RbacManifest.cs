using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>
/// The objects by which an administrator gives somebody the rights: for each namespace a Role and its binding, for what is
/// in none a ClusterRole. The namespaces are among them, because a Role cannot be without.
/// </summary>
internal static class RbacManifest
{
    private const string ApiGroup = "rbac.authorization.k8s.io";
    private const string ApiVersion = ApiGroup + "/v1";

    /// <summary>The objects, in the order in which they can be applied.</summary>
    /// <param name="name">The name of the roles and the bindings.</param>
    /// <param name="permissions">What is allowed.</param>
    /// <param name="subject">Whom.</param>
    public static RenderedManifest Render(string name, IEnumerable<RequiredPermission> permissions, RbacSubject subject)
    {
        var byNamespace = permissions.ToLookup(item => item.Namespace, item => item.Permission);
        var namespaces = byNamespace.Where(group => group.Key is not null).OrderBy(group => group.Key, StringComparer.Ordinal);
        List<RenderedObject> objects = [.. namespaces.SelectMany(group => InNamespace(name, group.Key!, group, subject))];
        if (byNamespace[null].Any())
        {
            objects.Add(Object(new ObjectId(ApiVersion, "ClusterRole", null, name), ("rules", RoleRules.Of(byNamespace[null]))));
            objects.Add(Binding(new ObjectId(ApiVersion, "ClusterRoleBinding", null, name), "ClusterRole", subject));
        }

        return new RenderedManifest(objects);
    }

    /// <summary>A Role with these permissions alone, as YAML.</summary>
    public static string RoleYaml(string name, string @namespace, IEnumerable<Permission> permissions) => Role(name, @namespace, permissions).ToYaml();

    private static IEnumerable<RenderedObject> InNamespace(string name, string @namespace, IEnumerable<Permission> permissions, RbacSubject subject)
    {
        yield return Object(ObjectKind.Namespace.Id(null, @namespace));
        yield return Role(name, @namespace, permissions);
        yield return Binding(new ObjectId(ApiVersion, "RoleBinding", @namespace, name), "Role", subject);
    }

    private static RenderedObject Role(string name, string @namespace, IEnumerable<Permission> permissions) =>
        Object(new ObjectId(ApiVersion, "Role", @namespace, name), ("rules", RoleRules.Of(permissions)));

    private static RenderedObject Binding(ObjectId id, string roleKind, RbacSubject subject)
    {
        var whom = new JsonObject { ["kind"] = subject.Kind, ["name"] = subject.Name };
        whom[subject.Namespace is null ? "apiGroup" : "namespace"] = subject.Namespace ?? ApiGroup;
        return Object(
            id,
            ("roleRef", new JsonObject { ["apiGroup"] = ApiGroup, ["kind"] = roleKind, ["name"] = id.Name }),
            ("subjects", new JsonArray(whom)));
    }

    private static RenderedObject Object(ObjectId id, params (string Name, JsonNode Value)[] fields)
    {
        var metadata = new JsonObject { ["name"] = id.Name };
        if (id.Namespace is not null)
        {
            metadata["namespace"] = id.Namespace;
        }

        var body = new JsonObject { ["apiVersion"] = id.ApiVersion, ["kind"] = id.Kind, ["metadata"] = metadata };
        foreach (var (field, value) in fields)
        {
            body[field] = value;
        }

        return new RenderedObject(id, body);
    }
}
