using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>What an earlier deploy recorded. The values of its Secrets are still in the Secrets, or it cannot be brought back.</summary>
internal sealed class RecordedState(Release release, RenderedManifest recorded) : IDesiredState
{
    public DeploymentIdentity Deployment => release.Deployment;

    public IReadOnlyList<ObjectId> ExpectedObjects => [.. recorded.Objects.Select(item => item.Id)];

    /// <summary>The state that a release recorded.</summary>
    /// <exception cref="DeploymentException">It recorded none, or somebody has edited it.</exception>
    public static RecordedState Of(Release release) => new(release, release.Objects ?? throw new DeploymentException(
        "K8SD243", "rollback", $"Revision {release.Revision} of {release.Deployment.Namespace}/{release.Deployment.Name} cannot be brought back: its objects are not recorded, because they were too large, or somebody has edited the record",
        "roll back to another revision, or deploy the version that it came from"));

    public DesiredObjects In(LiveObjects live)
    {
        var gone = recorded.Objects.Where(item => SecretObject.Is(item.Body) && LiveSecret(item.Id, live) is null).Select(item => item.Id).ToList();
        if (gone.Count > 0)
        {
            throw new DeploymentException(
                "K8SD242", "rollback", $"Revision {release.Revision} of {Deployment.Namespace}/{Deployment.Name} cannot be brought back: it needs {string.Join(", ", gone)}, which is gone, and whose values are kept nowhere else",
                "roll back to another revision, or deploy the version that it came from")
            {
                Reason = "SECRET_GONE",
            };
        }

        var manifest = new RenderedManifest([.. recorded.Objects.Select(item => SecretObject.Is(item.Body) ? Filled(item, LiveSecret(item.Id, live)!) : item)]);
        return new DesiredObjects(SettingsOf(manifest), manifest, []);
    }

    private static JsonObject? LiveSecret(ObjectId id, LiveObjects live) =>
        live.Objects.GetValueOrDefault(id) is { } secret && secret["metadata"]?["deletionTimestamp"] is null ? secret : null;

    private static RenderedObject Filled(RenderedObject item, JsonObject live)
    {
        var body = (JsonObject)item.Body.DeepClone();
        body["data"] = live["data"]?.DeepClone();
        return new RenderedObject(item.Id, body);
    }

    // As much as plan, wait and endpoint need to know besides the objects.
    private DeploymentSettings SettingsOf(RenderedManifest manifest)
    {
        var defaults = new DeploymentSettings { Name = Deployment.Name, Namespace = Deployment.Namespace, Application = Deployment.Application, Image = release.Info.Image };
        JsonObject? Of(ObjectKind kind) => manifest.Objects.FirstOrDefault(item => item.Id == kind.Id(Deployment.Namespace, Deployment.Name))?.Body;
        var container = (manifest.Pod["containers"] as JsonArray)?.FirstOrDefault() as JsonObject;
        return defaults with
        {
            Version = release.Info.Version,
            ImageIsOurs = release.ImageIsOurs,
            DeployTimeout = release.DeployTimeout,
            Resources = defaults.Resources with { MinReplicas = Minimum(Of(ObjectKind.Autoscaler), Of(ObjectKind.ScaledObject), Of(ObjectKind.Deployment)) },
            Service = defaults.Service with { Port = (int?)Of(ObjectKind.Service)?["spec"]?["ports"]?[0]?["port"] ?? defaults.Service.Port },
            Ingress = Of(ObjectKind.Ingress) is null ? null : new IngressSettings(),
            Gateway = Of(ObjectKind.Route) is null ? null : new GatewaySettings { Name = "" },
            ReadinessProbe = defaults.ReadinessProbe with { Path = (string?)container?["readinessProbe"]?["httpGet"]?["path"] },
            ValuesToHide = [.. manifest.Objects.Where(item => SecretObject.Is(item.Body)).SelectMany(item => Values(item.Body)).Distinct()],
            // Whoever asks for an earlier state asks for what it lacks to go.
            PruneLimit = int.MaxValue,
        };
    }

    private static int? Minimum(JsonObject? autoscaler, JsonObject? scaled, JsonObject? deployment) =>
        (int?)autoscaler?["spec"]?["minReplicas"] ?? (int?)scaled?["spec"]?["minReplicaCount"] ?? (int?)deployment?["spec"]?["replicas"];

    private static IEnumerable<string> Values(JsonObject secret)
    {
        foreach (var (_, value) in secret["data"] as JsonObject ?? [])
        {
            yield return Encoding.UTF8.GetString(Convert.FromBase64String((string?)value ?? ""));
        }
    }
}
