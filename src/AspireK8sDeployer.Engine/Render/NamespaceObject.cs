using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// The namespace. It is shared by many deployments, so it carries nothing of any of them; only the mark
/// that we made it, without which it is never deleted.
/// </summary>
internal static class NamespaceObject
{
    public static RenderedObject Render(string name) => new(
        new ObjectId("v1", "Namespace", null, name),
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject { [Names.ManagedByLabel] = Names.FieldManager, [Names.CreatedNamespaceLabel] = "true" },
            },
        });
}
