using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The RoleBinding that gives the pods' account a Role or a ClusterRole, inside of the namespace.</summary>
internal static class RoleBindingObject
{
    private const string Group = "rbac.authorization.k8s.io";

    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        (string Kind, string Name)? role = settings.ServiceAccount switch
        {
            { Role: { } name } => ("Role", name),
            { ClusterRole: { } name } => ("ClusterRole", name),
            _ => null,
        };
        if (role is not { } bound)
        {
            return null;
        }

        var (id, body) = metadata.Begin($"{Group}/v1", "RoleBinding", settings.Name);
        body["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = bound.Kind, ["name"] = bound.Name };
        body["subjects"] = new JsonArray(new JsonObject
        {
            ["kind"] = "ServiceAccount",
            ["name"] = ServiceAccountObject.NameOf(settings),
            ["namespace"] = settings.Namespace,
        });
        return new RenderedObject(id, body);
    }
}
