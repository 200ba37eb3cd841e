using AspireK8sDeployer.EmbeddedCluster.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

/// <summary>The figures are a real kubelet's for the same pods.</summary>
public class PodResourcesTests
{
    [Fact]
    public void SidecarsCountWithTheContainers_AndInitContainersBeforeThem()
    {
        var spec = new V1PodSpec
        {
            InitContainers =
            [
                Container("cpu=500m memory=10Mi", ""),
                Container("cpu=10m memory=20Mi", "cpu=100m memory=20Mi", "Always"),
            ],
            Containers = [Container("cpu=20m memory=5Mi ephemeral-storage=1Mi", "memory=9Mi ephemeral-storage=5Mi"), Container("", "")],
        };

        var resources = PodResources.OfPod(spec)!;

        Assert.Equal("cpu=500m ephemeral-storage=1Mi memory=25Mi", Text(resources.Requests));
        Assert.Equal("cpu=100m ephemeral-storage=5Mi memory=29Mi", Text(resources.Limits));
    }

    [Fact]
    public void WithoutAny_NothingIsSaid()
    {
        var container = Container("", "");

        Assert.Null(PodResources.OfPod(new V1PodSpec { Containers = [container] }));
        Assert.Null(PodResources.OfContainer(container));
        Assert.Null(PodResources.Requests(container));
    }

    private static V1Container Container(string requests, string limits, string? restartPolicy = null) =>
        new() { RestartPolicy = restartPolicy, Resources = new V1ResourceRequirements { Requests = Amounts(requests), Limits = Amounts(limits) } };

    private static Dictionary<string, ResourceQuantity> Amounts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(pair => pair.Split('=')[0], pair => new ResourceQuantity(pair.Split('=')[1]));

    private static string Text(IDictionary<string, ResourceQuantity> amounts) =>
        string.Join(' ', amounts.OrderBy(amount => amount.Key, StringComparer.Ordinal).Select(amount => $"{amount.Key}={amount.Value}"));
}
