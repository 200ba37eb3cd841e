using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Schema;

public class DecodeTests
{
    [Fact]
    public void UnknownAndDuplicateFields_AreDroppedWithAWarningEach()
    {
        var decoded = ObjectTypes.Decode(
            ConfigMap,
            Bytes("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","lables":{}},"data":{"k":"1","k":"2"}}"""),
            yaml: false,
            FieldValidation.Warn);

        AssertSame("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"k":"2"}}""", decoded.Object);
        Assert.Equal(["unknown field \"metadata.lables\"", "duplicate field \"data.k\""], decoded.Warnings);
    }

    [Fact]
    public void UnknownField_IsRefusedWhenStrict()
    {
        var refusal = Assert.Throws<ApiException>(() => ObjectTypes.Decode(
            ConfigMap, Bytes("""{"apiVersion":"v1","kind":"ConfigMap","bogus":1}"""), yaml: false, FieldValidation.Strict));

        Assert.Equal(
            (400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"bogus\""),
            (refusal.Code, refusal.Message));
    }

    [Fact]
    public void WrongType_IsRefusedWithTheServersWords()
    {
        var refusal = Assert.Throws<ApiException>(() => Decode(
            Deployment, """{"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":"two"}}"""));

        Assert.Equal(
            "Deployment in version \"v1\" cannot be handled as a Deployment: "
            + "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
            refusal.Message);
    }

    [Fact]
    public void Yaml_IsReadAsJsonIs()
    {
        var decoded = ObjectTypes.Decode(
            ConfigMap, Bytes("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  on: \"yes\"\n"), yaml: true, FieldValidation.Strict);

        AssertSame("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"on":"yes"}}""", decoded.Object);
    }

    [Theory]
    [InlineData("0.5", "500m")]
    [InlineData("1000m", "1")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1e3", "1e3")]
    [InlineData("1500M", "1500M")]
    public void Quantity_TakesItsCanonicalForm(string given, string canonical) =>
        Assert.Equal(canonical, Quantity.Parse(given).ToString());
}
