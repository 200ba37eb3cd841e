using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Auth;

public class PodTokenTests
{
    private const string Server = "https://kubernetes.default.svc";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vault", "vault", true)]
    [InlineData("vault", Server, false)]
    [InlineData("", Server, true)]
    [InlineData(null, Server, true)]
    public async Task Token_IsGoodForItsAudienceOnly(string? audience, string asked, bool good)
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        using var admin = TestClient.AdminFor(server);
        server.Api.Create(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "app", NamespaceProperty = "default" } }, "test");
        var pod = server.Api.Create(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = "p", NamespaceProperty = "default" },
                Spec = new V1PodSpec { ServiceAccountName = "app", Containers = [new V1Container { Name = "c", Image = "i" }] },
            },
            "test");
        var token = server.IssuePodToken("default", "app", "p", pod.Uid(), audience, TimeSpan.FromHours(1));

        var review = await admin.PostAsJsonAsync(
            "/apis/authentication.k8s.io/v1/tokenreviews",
            new JsonObject
            {
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["kind"] = "TokenReview",
                ["spec"] = new JsonObject { ["token"] = token, ["audiences"] = new JsonArray(asked) },
            },
            Ct);

        var status = (await review.Content.ReadFromJsonAsync<JsonObject>(Ct))!["status"]!;
        Assert.Equal(good, (bool?)status["authenticated"] ?? false);
    }
}
