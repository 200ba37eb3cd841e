using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.ManagedFields;

public class FieldSetTests
{
    private const string Left = """{"f:a":{".":{},"f:b":{},"f:c":{}},"f:d":{}}""";
    private const string Right = """{"f:a":{"f:c":{},"f:e":{}}}""";

    [Fact]
    public void Json_SurvivesTheRoundTrip() => AssertSame(Left, FieldSet.FromJson(Json(Left)).ToJson());

    [Fact]
    public void Union_HasTheFieldsOfBoth() =>
        AssertSame("""{"f:a":{".":{},"f:b":{},"f:c":{},"f:e":{}},"f:d":{}}""", FieldSet.FromJson(Json(Left)).Union(FieldSet.FromJson(Json(Right))).ToJson());

    [Fact]
    public void Intersection_HasTheFieldsInBoth() =>
        AssertSame("""{"f:a":{"f:c":{}}}""", FieldSet.FromJson(Json(Left)).Intersect(FieldSet.FromJson(Json(Right))).ToJson());

    [Fact]
    public void Difference_LacksTheFieldsOfTheOther() =>
        AssertSame("""{"f:a":{".":{},"f:b":{}},"f:d":{}}""", FieldSet.FromJson(Json(Left)).Except(FieldSet.FromJson(Json(Right))).ToJson());
}
