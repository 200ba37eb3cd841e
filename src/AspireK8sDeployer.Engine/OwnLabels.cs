using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine;

/// <summary>The labels by which everything of one deployment is known.</summary>
internal static class OwnLabels
{
    public static IReadOnlyDictionary<string, string> Of(DeploymentIdentity deployment) => new Dictionary<string, string>
    {
        [Names.NameLabel] = deployment.Name,
        [Names.InstanceLabel] = deployment.Name,
        [Names.PartOfLabel] = deployment.Application,
        [Names.ManagedByLabel] = Names.FieldManager,
        [Names.DeploymentLabel] = deployment.Name,
    };

    public static JsonObject JsonOf(DeploymentIdentity deployment) => new(Of(deployment).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
}
