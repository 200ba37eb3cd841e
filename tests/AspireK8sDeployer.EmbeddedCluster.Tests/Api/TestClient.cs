using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

/// <summary>HTTP clients that trust a server's own certificate authority and nothing else.</summary>
internal static class TestClient
{
    /// <summary>Without credentials.</summary>
    public static HttpClient For(ApiServer server)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(server.CertificateAuthority));
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        return new HttpClient(handler) { BaseAddress = server.Address };
    }

    public static HttpClient AdminFor(ApiServer server)
    {
        var client = For(server);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        return client;
    }
}
