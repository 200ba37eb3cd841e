using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;

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
        var token = PodTokens.Of(server, "app", audience);

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
