using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Scheduling;

public class NodeFitTests
{
    [Fact]
    public void PodThatFits_HasNoReason() => Assert.Empty(NodeFit.Check(Pod(cpu: "500m"), Node(), [Pod(cpu: "1")]).Reasons);

    [Theory]
    [InlineData("3", false)]
    [InlineData("1500m", true)]
    public void TooLittleCpu_SaysWhetherOthersCouldMakeRoom(string cpu, bool mightFit)
    {
        var fit = NodeFit.Check(Pod(cpu), Node(), [Pod(cpu: "1")]);

        Assert.Equal(("Insufficient cpu", mightFit), (fit.Reasons.Single(), fit.MightFit));
    }

    [Fact]
    public void UnknownResource_IsInsufficient() => Assert.Equal(
        ["Insufficient nvidia.com/gpu"], NodeFit.Check(Pod(resource: "nvidia.com/gpu", cpu: "1"), Node(), []).Reasons);

    [Fact]
    public void OtherNodesLabel_DoesNotMatch()
    {
        var pod = Pod(cpu: "1");
        pod.Spec.NodeSelector = new Dictionary<string, string> { ["disk"] = "ssd" };

        Assert.Equal(["node(s) didn't match Pod's node affinity/selector"], NodeFit.Check(pod, Node(), []).Reasons);
    }

    [Fact]
    public void InitContainers_CountWhenTheyNeedMore()
    {
        var pod = Pod(cpu: "1");
        pod.Spec.InitContainers = [Pod(cpu: "3").Spec.Containers[0]];

        Assert.Equal(["Insufficient cpu"], NodeFit.Check(pod, Node(), []).Reasons);
    }

    private static V1Node Node() => new()
    {
        Metadata = new V1ObjectMeta { Name = "node", Labels = new Dictionary<string, string>() },
        Status = new V1NodeStatus { Allocatable = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("2"), ["pods"] = new("10") } },
    };

    private static V1Pod Pod(string cpu, string resource = "cpu") => new()
    {
        Metadata = new V1ObjectMeta { NamespaceProperty = "a" },
        Spec = new V1PodSpec
        {
            Containers = [new V1Container { Name = "app", Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { [resource] = new(cpu) } } }],
        },
    };
}
