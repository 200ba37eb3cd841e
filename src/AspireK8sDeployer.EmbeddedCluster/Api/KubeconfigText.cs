using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Writes kubeconfigs.</summary>
internal static class KubeconfigText
{
    public static string For(string cluster, Uri server, string authorityPem, string token) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster}
          cluster:
            server: {server.ToString().TrimEnd('/')}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))}
        users:
        - name: {cluster}-admin
          user:
            token: {token}
        contexts:
        - name: {cluster}
          context:
            cluster: {cluster}
            user: {cluster}-admin
        current-context: {cluster}

        """;
}
