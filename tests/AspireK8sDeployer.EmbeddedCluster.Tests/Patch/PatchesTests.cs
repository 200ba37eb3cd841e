using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Patch;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Patch;

public class PatchesTests
{
    private static readonly JsonObject Map = Json("""
        {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","finalizers":["e.com/a","e.com/b"]},"data":{"a":"1","b":"2"}}
        """);

    private static readonly JsonObject Pod = Json("""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{"containers":[
          {"name":"a","image":"i","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}],"resources":{}},
          {"name":"b","image":"j","resources":{}}]}}
        """);

    [Fact]
    public void MergePatch_RemovesWhatIsNull()
    {
        var patched = Patches.MergePatch(ConfigMap, Map, Bytes("""{"data":{"a":null,"c":"3"}}"""), FieldValidation.Strict);

        AssertSame("""{"b":"2","c":"3"}""", patched.Object["data"]);
    }

    [Fact]
    public void JsonPatch_AppliesItsOperationsInOrder()
    {
        var patched = Patches.JsonPatch(
            ConfigMap,
            Map,
            Bytes("""[{"op":"test","path":"/data/a","value":"1"},{"op":"move","from":"/data/a","path":"/data/x~1y"},{"op":"remove","path":"/data/b"}]"""),
            FieldValidation.Strict);

        AssertSame("""{"x/y":"1"}""", patched.Object["data"]);
    }

    [Fact]
    public void JsonPatchOfMissingPath_IsRefused()
    {
        var refusal = Assert.Throws<ApiException>(
            () => Patches.JsonPatch(ConfigMap, Map, Bytes("""[{"op":"remove","path":"/data/z"}]"""), FieldValidation.Strict));

        Assert.Equal(422, refusal.Code);
    }

    [Fact]
    public void StrategicPatch_MergesListsByTheirKeys()
    {
        var patched = Strategic(Pod, """{"spec":{"containers":[{"name":"b","image":"k"},{"name":"c","image":"l"}]}}""");

        Assert.Equal(["a i", "b k", "c l"], Containers(patched));
    }

    [Fact]
    public void StrategicDelete_RemovesTheElement()
    {
        var patched = Strategic(Pod, """{"spec":{"containers":[{"name":"a","$patch":"delete"}]}}""");

        Assert.Equal(["b j"], Containers(patched));
    }

    [Fact]
    public void StrategicReplace_LeavesOnlyThePatch()
    {
        var patched = Strategic(Pod, """{"spec":{"containers":[{"$patch":"replace"},{"name":"z","image":"z"}]}}""");

        Assert.Equal(["z z"], Containers(patched));
    }

    [Fact]
    public void StrategicOrder_IsTheOneThePatchAsksFor()
    {
        var patched = Strategic(
            Pod,
            """{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"c"},{"name":"a"}],"containers":[{"name":"c","image":"l"}]}}""");

        Assert.Equal(["b j", "c l", "a i"], Containers(patched));
    }

    [Fact]
    public void StrategicDeletionFromPrimitiveList_RemovesTheValue()
    {
        var patched = Patches.StrategicMergePatch(
            ConfigMap, Map, Bytes("""{"metadata":{"$deleteFromPrimitiveList/finalizers":["e.com/a"]}}"""), FieldValidation.Strict);

        AssertSame("""["e.com/b"]""", patched.Object["metadata"]!["finalizers"]);
    }

    [Fact]
    public void PatchThatDoesNotFit_IsRefusedWithTheObjectAndTheReason()
    {
        var refusal = Assert.Throws<ApiException>(
            () => Patches.MergePatch(ConfigMap, Map, Bytes("""{"data":"x"}"""), FieldValidation.Strict));

        Assert.Equal(422, refusal.Code);
        Assert.EndsWith("json: cannot unmarshal string into Go struct field ConfigMap.data of type map[string]string", refusal.Message, StringComparison.Ordinal);
    }

    private static JsonObject Strategic(JsonObject live, string patch) =>
        Patches.StrategicMergePatch(Of("Pod"), live, Bytes(patch), FieldValidation.Strict).Object;

    private static string[] Containers(JsonObject pod) =>
        [.. pod["spec"]!["containers"]!.AsArray().Select(container => $"{container!["name"]} {container["image"]}")];
}
