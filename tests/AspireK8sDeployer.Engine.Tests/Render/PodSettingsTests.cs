using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class PodSettingsTests
{
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

    private static JsonNode Template(DeploymentSettings settings) =>
        ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == "Deployment").Body["spec"]!["template"]!;
}
