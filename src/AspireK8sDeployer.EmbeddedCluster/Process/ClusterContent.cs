using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Asks a running cluster whether anybody has put anything into it.</summary>
internal static class ClusterContent
{
    private static readonly string[] BuiltIn = ["default", "kube-system", "kube-public", "kube-node-lease"];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Nothing is there when there is no namespace of a user's, and no workload or Service in the default one.</summary>
    public static async Task<bool> IsEmptyAsync(EmbeddedClusterInfo cluster, CancellationToken cancellationToken)
    {
        using var client = Connect(cluster);
        if ((await NamesAsync(client, "/api/v1/namespaces", cancellationToken).ConfigureAwait(false)).Except(BuiltIn).Any())
        {
            return false;
        }

        string[] lists =
        [
            "/apis/apps/v1/deployments", "/apis/apps/v1/statefulsets", "/apis/apps/v1/replicasets", "/apis/batch/v1/jobs", "/apis/batch/v1/cronjobs",
            "/api/v1/pods", "/api/v1/services", "/api/v1/secrets", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        ];
        foreach (var list in lists)
        {
            if ((await NamesAsync(client, list, cancellationToken).ConfigureAwait(false)).Any(name => !(list == "/api/v1/services" && name == "kubernetes")))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<string[]> NamesAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return []; // a kind that is not served
        }

        response.EnsureSuccessStatusCode();
        var list = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken).ConfigureAwait(false);
        return [.. (list?["items"] as JsonArray ?? []).Select(item => item!["metadata"]!["name"]!.GetValue<string>())];
    }

    private static HttpClient Connect(EmbeddedClusterInfo cluster)
    {
        var configuration = KubeconfigFile.Read(cluster.KubeconfigPath);
        var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = configuration.ChainPolicy },
        })
        {
            BaseAddress = cluster.ApiServer,
            Timeout = Timeout,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", configuration.Token);
        return client;
    }
}
