using System.Net;
using System.Net.Http.Headers;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Auth;

public class ResourceNamesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?fieldSelector=metadata.name%3Dmine", HttpStatusCode.OK)]
    [InlineData("?fieldSelector=metadata.name%3D%3Dmine,metadata.namespace%3Ddefault", HttpStatusCode.OK)]
    [InlineData("?fieldSelector=metadata.name%3Dmine&watch=true&timeoutSeconds=1", HttpStatusCode.OK)]
    [InlineData("?fieldSelector=metadata.name%3Dyours", HttpStatusCode.Forbidden)]
    [InlineData("?fieldSelector=metadata.name!%3Dmine", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    public async Task RightsToOneObject_AllowToListAndWatchItAlone(string query, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        using var client = TestClient.For(server);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(server));

        using var answer = await client.GetAsync($"/api/v1/namespaces/default/secrets{query}", HttpCompletionOption.ResponseHeadersRead, Ct);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static string TokenOf(ApiServer server)
    {
        server.Api.Create(
            new V1Role
            {
                Metadata = new V1ObjectMeta { Name = "reader", NamespaceProperty = "default" },
                Rules = [new V1PolicyRule { ApiGroups = [""], Resources = ["secrets"], ResourceNames = ["mine"], Verbs = ["list", "watch"] }],
            },
            "test");
        PodTokens.Bind(server, "reader", "Role", "reader");
        return PodTokens.Of(server, "reader");
    }
}
