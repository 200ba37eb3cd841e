using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using static AspireK8sDeployer.EmbeddedCluster.Tests.Schema.Kinds;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.ManagedFields;

public class ServerSideApplyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FirstApply_OwnsWhatItNames()
    {
        var created = Apply(null, "engine", Data("""{"a":"1"}"""));

        AssertSame("""
            {
              "kind": "ConfigMap", "apiVersion": "v1",
              "metadata": { "name": "c", "managedFields": [{
                "manager": "engine", "operation": "Apply", "apiVersion": "v1", "time": "2026-01-01T00:00:00Z",
                "fieldsType": "FieldsV1", "fieldsV1": { "f:data": { "f:a": {} } } }] },
              "data": { "a": "1" }
            }
            """, created);
    }

    [Fact]
    public void FieldLeftOut_IsRemovedUnlessSomebodyElseOwnsIt()
    {
        var live = Apply(null, "engine", Data("""{"a":"1","b":"1","c":"1"}"""));
        live = Apply(live, "other", Data("""{"b":"1"}"""));

        var applied = Apply(live, "engine", Data("""{"c":"1"}"""));

        AssertSame("""{"b":"1","c":"1"}""", applied["data"]);
        Assert.Equal(["""other {"f:data":{"f:b":{}}}""", """engine {"f:data":{"f:c":{}}}"""], Owners(applied));
    }

    [Fact]
    public void OtherManagersValue_IsAConflictThatNamesIt()
    {
        var live = Apply(null, "engine", Data("""{"a":"1","b":"1"}"""));

        var conflict = Assert.Throws<ApiException>(() => Apply(live, "other", Data("""{"a":"2"}""")));

        Assert.Equal((409, "Apply failed with 1 conflict: conflict with \"engine\": .data.a"), (conflict.Code, conflict.Message));
        Assert.Equal([new StatusCause("FieldManagerConflict", "conflict with \"engine\"", ".data.a")], conflict.Details!.Causes);
    }

    [Fact]
    public void ForcedApply_TakesTheField()
    {
        var live = Apply(null, "engine", Data("""{"a":"1","b":"1"}"""));

        var applied = Apply(live, "other", Data("""{"a":"2"}"""), force: true);

        AssertSame("""{"a":"2","b":"1"}""", applied["data"]);
        Assert.Equal(["""engine {"f:data":{"f:b":{}}}""", """other {"f:data":{"f:a":{}}}"""], Owners(applied));
    }

    [Fact]
    public void SameApplyAgain_ChangesNothing()
    {
        var live = Apply(null, "engine", Data("""{"a":"1"}"""));

        var again = Apply(live, "engine", Data("""{"a":"1"}"""), minutes: 5);

        Assert.True(ServerSideApply.IsNoOp(live, again));
        AssertSame(live.ToJsonString(), again);
    }

    [Fact]
    public void ObjectWithoutOwners_GetsThemBeforeTheFirstApply()
    {
        var live = Json("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c"},"data":{"a":"1"}}""");

        var applied = Apply(live, "engine", Data("""{"b":"1"}"""));

        Assert.Equal(
            ["""engine {"f:data":{"f:b":{}}}""", """before-first-apply {"f:data":{".":{},"f:a":{}}}"""], Owners(applied));
    }

    [Fact]
    public void Update_TakesWhatItChanges()
    {
        var live = Apply(null, "engine", Data("""{"a":"1","b":"1"}"""));
        var updated = (JsonObject)live.DeepClone();
        updated["data"]!["a"] = "2";

        ServerSideApply.TrackUpdate(ConfigMap, live, updated, "editor", null, Start);

        Assert.Equal(["""engine {"f:data":{"f:b":{}}}""", """editor {"f:data":{"f:a":{}}}"""], Owners(updated));
    }

    [Fact]
    public void ContainersOfTwoManagers_AreMergedByName()
    {
        var live = Apply(null, "engine", WithContainer("""{"name":"a","image":"i"}"""), Deployment);

        var applied = Apply(live, "mesh", WithContainer("""{"name":"b","image":"j"}"""), Deployment);

        AssertSame(
            """[{"name":"a","image":"i","resources":{}},{"name":"b","image":"j","resources":{}}]""",
            applied["spec"]!["template"]!["spec"]!["containers"]);
        Assert.Equal(
            """mesh {"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"b\"}":{".":{},"f:image":{},"f:name":{}}}}}}}""",
            Owners(applied)[1]);
    }

    private static JsonObject WithContainer(string container) => Json(
        """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"template":{"spec":{"containers":[X]}}}}"""
            .Replace("X", container, StringComparison.Ordinal));

    private static JsonObject Data(string data) =>
        Json($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{{data}}}""");

    private static JsonObject Apply(
        JsonObject? live, string manager, JsonObject applied, ResourceDefinition? resource = null, bool force = false, int minutes = 0) =>
        ServerSideApply.Apply(resource ?? ConfigMap, live, applied, manager, force, null, Start.AddMinutes(minutes));

    private static string[] Owners(JsonObject obj) =>
        [.. obj["metadata"]!["managedFields"]!.AsArray().Select(entry => $"{entry!["manager"]} {Plain(entry["fieldsV1"])}")];

    private static string Plain(JsonNode? node) => node!.ToJsonString(JsonValues.Plain);
}
