using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class PodSettingsTests
{
    public static TheoryData<string> Properties => [.. typeof(PodSettings).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void EveryProperty_ReachesThePod(string property)
    {
        var (pod, path, value) = PodSamples.All[property];
        var settings = A.Settings() with { Pod = pod };

        Assert.Empty(DeploymentEngine.Validate(settings));
        Assert.Equal(value, At(Template(settings), path)?.ToJsonString());
    }

    [Fact]
    public void HostNetwork_ResolvesNamesOfTheCluster_UnlessSaidOtherwise()
    {
        var pod = Template(A.Settings() with { Pod = new PodSettings { HostNetwork = true } })["spec"]!;

        Assert.Equal("ClusterFirstWithHostNet", (string?)pod["dnsPolicy"]);
    }

    [Fact]
    public void ARootUser_AndPrivilege_MakeOurOwnFieldsGiveWay()
    {
        var settings = A.Settings() with
        {
            Pod = new PodSettings
            {
                PodSecurityContext = new V1PodSecurityContext { RunAsUser = 0 },
                ContainerSecurityContext = new V1SecurityContext { Privileged = true, Capabilities = new V1Capabilities { Drop = [] } },
            },
        };

        var pod = Template(settings)["spec"]!;

        Assert.Equal("""{"seccompProfile":{"type":"RuntimeDefault"},"runAsUser":0}""", pod["securityContext"]!.ToJsonString());
        Assert.Equal("""{"capabilities":{},"privileged":true}""", pod["containers"]![0]!["securityContext"]!.ToJsonString());
    }

    [Fact]
    public void InitContainers_ComeBeforeSidecars()
    {
        var settings = A.Settings() with { Pod = new PodSettings { Sidecars = PodSamples.All["Sidecars"].Settings.Sidecars, InitContainers = PodSamples.All["InitContainers"].Settings.InitContainers } };

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

    private static JsonNode Template(DeploymentSettings settings) =>
        ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == "Deployment").Body["spec"]!["template"]!;

    private static JsonNode? At(JsonNode node, string path) => path.Split('.').Aggregate(
        (JsonNode?)node, (at, part) => int.TryParse(part, CultureInfo.InvariantCulture, out var index) ? at?[index] : at?[part]);
}
