using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>
/// Fills in what objects leave to the server. Most defaults belong to a type, wherever it appears (<see cref="TypeDefaults"/>);
/// a few belong to a kind (<see cref="KindDefaults"/>).
/// </summary>
internal static class ObjectDefaults
{
    public static void Apply(ResourceDefinition resource, JsonObject obj)
    {
        var schema = ObjectSchemas.Of(resource);
        if (resource.Model is null)
        {
            CustomDefaults.Apply(schema, obj);
            return;
        }

        KindDefaults.Apply(resource, obj);
        TypeDefaults.Apply(schema, obj);
    }
}
