using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class AppliedFieldsTests
{
    private const string Desired =
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"greeter","namespace":"demo","labels":{"a/b.c":"d"}},
         "spec":{"replicas":1,"selector":{"matchLabels":{"x":"y"}},"template":{"spec":{"containers":[
           {"name":"greeter","image":"a","args":["1","2"],"ports":[{"name":"http","containerPort":8000,"protocol":"TCP"}]}]}}}}
        """;

    private const string Fields =
        """
        {"f:metadata":{"f:labels":{"f:a/b.c":{}}},
         "f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"greeter\"}":{".":{},"f:name":{},"f:image":{},"f:args":{},
           "f:ports":{"k:{\"containerPort\":8000,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:containerPort":{},"f:protocol":{}}}}}}}}}
        """;

    [Fact]
    public void SameFieldsAndValues_AreEqual_WhateverElseTheServerAdded() =>
        Assert.True(AppliedFields.Equal(Parse(Desired), Live()));

    [Theory]
    [InlineData("\"replicas\":1", "\"replicas\":2")]
    [InlineData("\"image\":\"a\"", "\"image\":\"b\"")]
    [InlineData("[\"1\",\"2\"]", "[\"2\",\"1\"]")]
    [InlineData("\"a/b.c\":\"d\"", "\"a/b.c\":\"e\"")]
    [InlineData("\"x\":\"y\"", "\"x\":\"z\"")]
    [InlineData("\"replicas\":1,", "")]
    [InlineData("\"replicas\":1", "\"replicas\":1,\"paused\":true")]
    [InlineData("\"containerPort\":8000", "\"containerPort\":9000")]
    [InlineData("\"name\":\"greeter\",\"image\"", "\"name\":\"other\",\"image\"")]
    public void AnyDifferenceInWhatIsDesired_IsSeen(string from, string to) =>
        Assert.False(AppliedFields.Equal(Parse(Desired.Replace(from, to, StringComparison.Ordinal)), Live()));

    [Fact]
    public void AValueThatSomebodyElseChanged_IsSeen()
    {
        var live = Live();
        live["spec"]!["replicas"] = 5;

        Assert.False(AppliedFields.Equal(Parse(Desired), live));
    }

    [Theory]
    [InlineData("kubectl", "Apply", "")]
    [InlineData("aspire-k8s-deployer", "Update", "")]
    [InlineData("aspire-k8s-deployer", "Apply", "scale")]
    public void OtherManagersFields_ProveNothing(string manager, string operation, string subresource) =>
        Assert.False(AppliedFields.Equal(Parse(Desired), Live(manager, operation, subresource)));

    [Fact]
    public void AnObjectNeverApplied_IsNotEqual()
    {
        var live = Live();
        live["metadata"]!.AsObject().Remove("managedFields");

        Assert.False(AppliedFields.Equal(Parse(Desired), live));
    }

    [Fact]
    public void OtherOwnersOfAField_AreNamed()
    {
        var live = Live();
        live["metadata"]!["managedFields"]!.AsArray().Add(Parse("""{"manager":"kube-controller-manager","operation":"Update","subresource":"scale","fieldsV1":{"f:spec":{"f:replicas":{}}}}"""));

        Assert.Equal(["kube-controller-manager"], AppliedFields.OtherOwners(live, "spec", "replicas"));
        Assert.Empty(AppliedFields.OtherOwners(live, "spec", "selector"));
    }

    private static JsonObject Live(string manager = "aspire-k8s-deployer", string operation = "Apply", string subresource = "")
    {
        var live = Parse(Desired);
        live["spec"]!["revisionHistoryLimit"] = 10;
        live["spec"]!["template"]!["spec"]!["restartPolicy"] = "Always";
        live["metadata"]!["managedFields"] = new JsonArray(new JsonObject
        {
            ["manager"] = manager,
            ["operation"] = operation,
            ["subresource"] = subresource,
            ["apiVersion"] = "apps/v1",
            ["fieldsV1"] = Parse(Fields),
        });
        return live;
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
