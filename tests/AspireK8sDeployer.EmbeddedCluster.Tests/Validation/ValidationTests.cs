using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Validation;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Validation;

public class ValidationTests
{
    private const string Unchecked =
        "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

    [Fact]
    public void BadName_IsExplained() => Assert.Equal(
        [
            "metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
            + "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
            + @"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
        Faults(ConfigMap, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"A_b","namespace":"n"}}"""));

    [Fact]
    public void SelectorThatTheTemplateDoesNotMatch_IsRefused() => Assert.Equal(
        ["spec.template.metadata.labels: Invalid value: {\"a\":\"x\"}: `selector` does not match template `labels`"],
        Faults(Deployment, """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","namespace":"n"},"spec":{"selector":{"matchLabels":{"a":"b"}},
             "template":{"metadata":{"labels":{"a":"x"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """));

    [Fact]
    public void TooMuchData_IsRefused()
    {
        var map = Json("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n"},"data":{}}""");
        map["data"]!["k"] = new string('x', 1024 * 1024 + 1);

        Assert.Equal(["[]: Too long: may not be more than 1048576 bytes"], Texts(ObjectTypes.ValidateCreate(ConfigMap, map)));
    }

    [Fact]
    public void ImmutableSecret_KeepsItsData()
    {
        var old = Json("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n","uid":"u","resourceVersion":"1"},"type":"Opaque","immutable":true,"data":{"a":"YQ=="}}""");
        var changed = (JsonObject)old.DeepClone();
        changed["data"]!["a"] = "Yg==";

        Assert.Equal(
            ["data: Forbidden: field is immutable when `immutable` is set"],
            Texts(ObjectTypes.ValidateUpdate(Of("Secret"), changed, old)));
    }

    [Fact]
    public void CustomResource_IsHeldToItsSchema() => Assert.Equal(
        [
            "spec.color: Unsupported value: \"blue\": supported values: \"red\", \"green\"",
            "spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10",
        ],
        Faults(
            Custom("""{"type":"object","properties":{"size":{"type":"integer","maximum":10},"color":{"type":"string","enum":["red","green"]}}}"""),
            """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"n"},"spec":{"size":11,"color":"blue"}}"""));

    [Theory]
    [InlineData("""{}""", "spec.size: Required value", Unchecked)]
    [InlineData(
        """{"size":"big"}""",
        "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"",
        ".spec.size: Invalid value: 0: .spec.size accessor error: big is of the type string, expected int64",
        Unchecked)]
    [InlineData("""{"size":1,"tags":["x","x"],"parts":[{"name":"p"},{"name":"p"}]}""", "spec.tags[1]: Duplicate value: \"x\"", "spec.parts[1]: Duplicate value: {\"name\":\"p\"}")]
    [InlineData("""{"size":1,"name":"bad"}""", "spec: Invalid value: name must not be bad")]
    public void RecordedRefusalOfACustomResource_IsGivenAgain(string spec, params string[] faults)
    {
        var kind = Custom("""
            {"type":"object","required":["size"],"properties":{"size":{"type":"integer"},"name":{"type":"string"},
             "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","properties":{"name":{"type":"string"}}}},
             "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}}},
             "x-kubernetes-validations":[{"rule":"!has(self.name) || self.name != 'bad'","message":"name must not be bad"}]}
            """);
        kind.CustomVersion!["subresources"] = Json("""{"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.replicas"}}""");

        Assert.Equal(faults, Faults(kind, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"n"},"spec":X}""".Replace("X", spec, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("!has(self.name) || self.name != 'bad'", false)]
    [InlineData("self.size > 2 && self.name.startsWith('b')", true)]
    [InlineData("self.name in ['good', 'bad']", true)]
    [InlineData("has(self.missing) ? self.missing > 1 : size(self.name) == 3", true)]
    [InlineData("self.size + 1 <= 3", false)]
    [InlineData("self.list.all(x, x > 1)", true)]
    public void ExpressionOfASchema_IsKeptOrNot(string rule, bool kept)
    {
        var kind = Custom($$"""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"x-kubernetes-validations":[{"rule":"{{rule}}","message":"no"}]}""");

        var faults = Faults(kind, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"n"},"spec":{"size":3,"name":"bad"}}""");

        Assert.Equal(kept ? [] : ["spec: Invalid value: no"], faults);
    }

    [Fact]
    public void RepeatedVariable_IsWarnedOf()
    {
        var deployment = Complete(Deployment, """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"template":{"spec":{"containers":[
             {"name":"c","image":"i","env":[{"name":"A","value":"1"},{"name":"A","value":"2"},{"name":"A","value":"$(A)3"}]}]}}}}
            """);

        Assert.Equal(
            ["spec.template.spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply"],
            ObjectTypes.Warnings(Deployment, deployment, null));
    }

    private static string[] Faults(ResourceDefinition resource, string json) =>
        Texts(ObjectTypes.ValidateCreate(resource, Complete(resource, json)));

    private static string[] Texts(IEnumerable<FieldError> errors) =>
        [.. errors.Select(error => $"{error.Field}: {error.Message}")];
}
