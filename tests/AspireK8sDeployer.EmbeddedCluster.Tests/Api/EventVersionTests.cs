using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

public class EventVersionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CoreEvent_IsSeenInTheOtherVersionUnderItsNames()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        using var client = TestClient.AdminFor(server);
        await client.PostAsJsonAsync(
            "/api/v1/namespaces/default/events",
            new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = "e" },
                ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["name"] = "p", ["namespace"] = "default" },
                ["reason"] = "Started",
                ["message"] = "it started",
                ["type"] = "Normal",
                ["count"] = 2,
            },
            Ct);

        var list = (await client.GetFromJsonAsync<JsonObject>("/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name=p", Ct))!;

        var item = list["items"]!.AsArray().Single()!.AsObject();
        item.Remove("metadata");
        Assert.Equal(
            """{"regarding":{"kind":"Pod","name":"p","namespace":"default"},"reason":"Started","note":"it started","type":"Normal","deprecatedCount":2,"deprecatedSource":{},"deprecatedFirstTimestamp":null,"deprecatedLastTimestamp":null,"eventTime":null}""",
            new JsonObject(item.OrderBy(field => Array.IndexOf(Order, field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString());
    }

    private static readonly string[] Order =
        ["regarding", "reason", "note", "type", "deprecatedCount", "deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "eventTime"];
}
