using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class FieldDifferenceTests
{
    [Theory]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":3}}""", "spec.replicas: 1 -> 3")]
    [InlineData(
        """{"spec":{"template":{"spec":{"containers":[{"name":"greeter","image":"a"},{"name":"side","image":"c"}]}}}}""",
        """{"spec":{"template":{"spec":{"containers":[{"name":"greeter","image":"b"},{"name":"side","image":"c"}]}}}}""",
        "spec.template.spec.containers[name=greeter].image: a -> b")]
    [InlineData("""{"metadata":{"labels":{"a.b/c":"1"}}}""", """{"metadata":{"labels":{"a.b/c":"2"}}}""", "metadata.labels[\"a.b/c\"]: 1 -> 2")]
    [InlineData("""{"spec":{}}""", """{"spec":{"loadBalancerIP":"203.0.113.7"}}""", "spec.loadBalancerIP: (none) -> 203.0.113.7")]
    [InlineData("""{"spec":{"args":["a"]}}""", """{"spec":{"args":["a","b"]}}""", """spec.args: ["a"] -> ["a","b"]""")]
    [InlineData("""{"spec":{"ports":[{"port":80}]}}""", """{"spec":{"ports":[{"port":90}]}}""", """spec.ports[port=80]: {"port":80} -> (none)|spec.ports[port=90]: (none) -> {"port":90}""")]
    [InlineData("""{"rules":[{"host":"a","http":{"paths":[{"path":"/"}]}}]}""", """{"rules":[{"host":"b","http":{"paths":[{"path":"/x"}]}}]}""", "rules[0].host: a -> b|rules[0].http.paths[0].path: / -> /x")]
    [InlineData("""{"rules":[{"host":"a"}]}""", """{"rules":[{"host":"a"},{"host":"b"}]}""", """rules: [{"host":"a"}] -> [{"host":"a"},{"host":"b"}]""")]
    [InlineData(
        """{"spec":{"type":"ClusterIP","ports":[{"name":"http","port":80}]}}""",
        """{"spec":{"type":"LoadBalancer","ports":[{"name":"http","port":80,"nodePort":32769}]}}""",
        "spec.type: ClusterIP -> LoadBalancer")]
    [InlineData("""{"ports":[{"port":80}]}""", """{"ports":[{"port":80,"nodePort":30080}]}""", "ports[port=80].nodePort: (none) -> 30080")]
    public void AChange_IsNamedByItsPath(string before, string after, string changes) =>
        Assert.Equal(changes, string.Join('|', FieldDifference.Between(Parse(before), Parse(after), Masking)));

    [Fact]
    public void TheServersBookkeeping_IsNoChange()
    {
        var before = Parse("""{"metadata":{"resourceVersion":"1","generation":1,"uid":"a","managedFields":[],"annotations":{"deployment.kubernetes.io/revision":"1"}},"status":{"replicas":1}}""");
        var after = Parse("""{"metadata":{"resourceVersion":"2","generation":2,"uid":"b"}}""");

        Assert.Empty(FieldDifference.Between(before, after, Masking));
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","data":{"KEY":"aHVudGVyMg=="}}""", """{"apiVersion":"v1","kind":"Secret","data":{"KEY":"aHVudGVyMzM="}}""", "data.KEY: ••• (7 B, 1344) -> ••• (8 B, 83dd)")]
    [InlineData("""{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}""", """{"env":[{"name":"DB_PASSWORD","value":"hunter33"}]}""", "env[name=DB_PASSWORD].value: ••• (2234) -> ••• (5455)")]
    [InlineData("""{"env":[]}""", """{"env":[{"name":"API_KEY","value":"hunter2"}]}""", """env[name=API_KEY]: (none) -> {"name":"API_KEY","value":"••• (2234)"}""")]
    [InlineData(
        """{"containers":[]}""",
        """{"containers":[{"name":"side","env":[{"name":"API_KEY","value":"hunter2"}]}]}""",
        """containers[name=side]: (none) -> {"name":"side","env":[{"name":"API_KEY","value":"••• (2234)"}]}""")]
    [InlineData("""{"env":[{"name":"DB","value":"mysql://ada:hunter2@db/x"}]}""", """{"env":[{"name":"DB","value":"mysql://ada:hunter3@db/x"}]}""", "env[name=DB].value: mysql://•••@db/x -> mysql://•••@db/x")]
    public void WhatMayBeSecret_IsMasked(string before, string after, string change) =>
        Assert.Equal(change, Assert.Single(FieldDifference.Between(Parse(before), Parse(after), Masking)).ToString());

    // Tags are of the salt: whoever computes them again has it too.
    private static Masking Masking => new(["hunter2hunter2"], [1, 2, 3]);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
