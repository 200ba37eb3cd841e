using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class AutoscaledReplicasTests
{
    private const string Ours = """{"manager":"aspire-k8s-deployer","operation":"Apply","fieldsV1":{"f:spec":{"f:replicas":{}}}}""";
    private const string Autoscalers = """{"manager":"kube-controller-manager","operation":"Update","subresource":"scale","fieldsV1":{"f:spec":{"f:replicas":{}}}}""";

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 1)]
    public void ANewDeployment_BeginsWithTheMinimum_AndAtLeastOne(int minimum, int expected) => Assert.Equal(expected, Replicas(null, minimum));

    [Fact]
    public void WhileWeAloneOwnTheNumber_TheLiveOneIsSent() => Assert.Equal(4, Replicas(Live(4, Ours), 2));

    [Fact]
    public void OnceTheAutoscalerHasWrittenIt_ItIsLeftOut() => Assert.Null(Replicas(Live(7, Autoscalers), 2));

    [Fact]
    public void ANumberThatWasRendered_IsTheOneToBeginWith() =>
        Assert.Equal(3, (int?)AutoscaledReplicas.Apply(JsonNode.Parse("""{"spec":{"replicas":3}}""")!.AsObject(), null, 1)["spec"]!["replicas"]);

    private static int? Replicas(JsonObject? live, int minimum) =>
        (int?)AutoscaledReplicas.Apply(JsonNode.Parse("""{"spec":{}}""")!.AsObject(), live, minimum)["spec"]!["replicas"];

    private static JsonObject Live(int replicas, string owner) =>
        JsonNode.Parse($$$"""{"metadata":{"managedFields":[{{{owner}}}]},"spec":{"replicas":{{{replicas}}}}}""")!.AsObject();
}
