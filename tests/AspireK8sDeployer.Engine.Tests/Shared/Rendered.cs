using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Shared;

/// <summary>What settings are rendered to, by kind.</summary>
internal static class Rendered
{
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Kinds(DeploymentSettings settings) => [.. Objects(settings).Select(item => item.Id.Kind)];

    public static JsonObject Body(DeploymentSettings settings, string kind) => Objects(settings).Single(item => item.Id.Kind == kind).Body;

    public static string Spec(DeploymentSettings settings, string kind) => Body(settings, kind)["spec"]!.ToJsonString();

    public static JsonNode Container(DeploymentSettings settings) => Body(settings, "Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!;

    public static IReadOnlyDictionary<string, string?> Environment(DeploymentSettings settings) =>
        Container(settings)["env"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => (string?)item!["value"]);

    private static IReadOnlyList<RenderedObject> Objects(DeploymentSettings settings) => ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects;
}
