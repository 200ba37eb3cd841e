using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>A deployment that is to be, with its objects.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Objects">What it makes.</param>
/// <param name="Made">What it and the others of the same deploy make.</param>
internal sealed record PlannedDeployment(DeploymentSettings Settings, IReadOnlyList<RenderedObject> Objects, IReadOnlySet<ObjectId> Made)
{
    public RenderedManifest Manifest => new(Objects);

    public string Name => Settings.Name;

    public string Namespace => Settings.Namespace;

    public JsonObject Pod { get; } = Objects.First(item => item.Id.Kind == ObjectKind.Deployment.Kind).Body["spec"]!["template"]!["spec"]!.AsObject();

    /// <summary>All containers of the pods.</summary>
    public IEnumerable<JsonObject> Containers => PodTree.Containers(Pod);

    public static IReadOnlyList<PlannedDeployment> Of(IEnumerable<DeploymentSettings> deployments)
    {
        var rendered = deployments.Select(settings => (Settings: settings, ManifestRenderer.Render(settings, new PublishedSecrets()).Objects)).ToList();
        var made = rendered.SelectMany(item => item.Objects).Select(item => item.Id).ToHashSet();
        return [.. rendered.Select(item => new PlannedDeployment(item.Settings, item.Objects, made))];
    }

    public IEnumerable<JsonObject> ObjectsOf(string kind) => Objects.Where(item => item.Id.Kind == kind).Select(item => item.Body);

    /// <summary>Whether this deploy itself makes an object, whatever its version.</summary>
    public bool Makes(string kind, string name) => Made.Any(id => id.Kind == kind && id.Name == name && (id.Namespace is null || id.Namespace == Namespace));
}
