using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class PodSettingsTests
{
    [Fact]
    public void PodSettingsTogether_RenderAsReviewed() =>
        Snapshot.Matches(ManifestRenderer.Render(Together, new HashedSecrets(A.Salt)).ToYaml(), "Pods.yaml");

    [Fact]
    public void InitContainers_ComeBeforeSidecars()
    {
        var settings = A.Settings() with { Pod = new PodSettings { Sidecars = [new V1Container { Name = "proxy", Image = "proxy" }], InitContainers = [new V1Container { Name = "migrate", Image = "migrate" }] } };

        string[] names = [.. Template(settings)["spec"]!["initContainers"]!.AsArray().Select(container => (string)container!["name"]!)];

        Assert.Equal(["migrate", "proxy"], names);
    }

    [Fact]
    public void Configure_SeesTheWholePod_AndLeavesTheRestAsItIs()
    {
        var plain = A.Settings();
        var configured = plain with { Pod = new PodSettings { Configure = pod => pod.Containers[0].WorkingDir = "/app" } };

        var expected = Template(plain);
        expected["spec"]!["containers"]![0]!["workingDir"] = "/app";

        Assert.True(JsonNode.DeepEquals(expected, Template(configured)), Template(configured).ToJsonString());
    }

    private static DeploymentSettings Together => A.Settings() with
    {
        AuthKey = AuthKey.Of("a-key-that-nobody-guesses"),
        SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter2" },
        AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {a: b}}", "extra.yaml")],
        Pod = new PodSettings
        {
            NodeSelectors = PodSamples.All["NodeSelectors"].Settings.NodeSelectors,
            Tolerations = PodSamples.All["Tolerations"].Settings.Tolerations,
            Affinity = PodSamples.All["Affinity"].Settings.Affinity,
            TopologySpread = PodSamples.All["TopologySpread"].Settings.TopologySpread,
            Volumes = PodSamples.All["Volumes"].Settings.Volumes,
            VolumeMounts = PodSamples.All["VolumeMounts"].Settings.VolumeMounts,
            ConfigFiles = PodSamples.All["ConfigFiles"].Settings.ConfigFiles,
            Env = PodSamples.All["Env"].Settings.Env,
            EnvFrom = PodSamples.All["EnvFrom"].Settings.EnvFrom,
            InitContainers = PodSamples.All["InitContainers"].Settings.InitContainers,
            Sidecars = PodSamples.All["Sidecars"].Settings.Sidecars,
            PodSecurityContext = PodSamples.All["PodSecurityContext"].Settings.PodSecurityContext,
            ContainerSecurityContext = PodSamples.All["ContainerSecurityContext"].Settings.ContainerSecurityContext,
            PriorityClassName = "business-critical",
            HostAliases = PodSamples.All["HostAliases"].Settings.HostAliases,
            DnsConfig = PodSamples.All["DnsConfig"].Settings.DnsConfig,
            Labels = PodSamples.All["Labels"].Settings.Labels,
            Annotations = PodSamples.All["Annotations"].Settings.Annotations,
        },
    };

    private static JsonNode Template(DeploymentSettings settings) =>
        ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == "Deployment").Body["spec"]!["template"]!;
}
