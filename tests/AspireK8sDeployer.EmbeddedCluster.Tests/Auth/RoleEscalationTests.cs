using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Auth;

public class RoleEscalationTests
{
    private const string Roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admin_GivesNoMoreThanItHas()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        using var client = TestClient.For(server);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOfNamespaceAdmin(server));

        var within = await client.PostAsync(Roles, Role("within", "get", "configmaps"), Ct);
        var beyond = await client.PostAsync(Roles, Role("beyond", "get", "nodes"), Ct);

        Assert.Equal(HttpStatusCode.Created, within.StatusCode);
        var status = (await beyond.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(403, (int)status["code"]!);
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"beyond\" is forbidden: user \"system:serviceaccount:default:boss\" "
            + "(groups=[\"system:serviceaccounts\" \"system:serviceaccounts:default\" \"system:authenticated\"]) is attempting to grant RBAC "
            + "permissions not currently held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}",
            (string)status["message"]!);
    }

    private static string TokenOfNamespaceAdmin(ApiServer server)
    {
        PodTokens.Bind(server, "boss", "ClusterRole", "admin");
        return PodTokens.Of(server, "boss");
    }

    private static JsonContent Role(string name, string verb, string resource) => JsonContent.Create(new JsonObject
    {
        ["apiVersion"] = "rbac.authorization.k8s.io/v1",
        ["kind"] = "Role",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["rules"] = new JsonArray(new JsonObject
        {
            ["apiGroups"] = new JsonArray(""),
            ["resources"] = new JsonArray(resource),
            ["verbs"] = new JsonArray(verb),
        }),
    });
}
