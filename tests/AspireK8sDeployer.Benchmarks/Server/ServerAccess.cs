using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace AspireK8sDeployer.Benchmarks.Server;

/// <summary>The way to an API server, as a kubeconfig says it: address, authority and who one is.</summary>
internal sealed class ServerAccess(string kubeconfig)
{
    private readonly KubernetesClientConfiguration _configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);

    public Uri Address => new(_configuration.Host);

    public string? Token => _configuration.AccessToken;

    public Kubernetes Connect() => new(_configuration);

    /// <summary>Connections for requests that somebody else has made.</summary>
    public SocketsHttpHandler Handler()
    {
        var ssl = new SslClientAuthenticationOptions();
        if (_configuration.SslCaCerts is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            ssl.CertificateChainPolicy = policy;
        }

        if (ClientCertificate() is { } certificate)
        {
            ssl.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new SocketsHttpHandler
        {
            SslOptions = ssl,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
        };
    }

    private X509Certificate2? ClientCertificate()
    {
        var certificate = Pem(_configuration.ClientCertificateData, _configuration.ClientCertificateFilePath);
        var key = Pem(_configuration.ClientCertificateKeyData, _configuration.ClientKeyFilePath);
        return certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key);
    }

    private static string? Pem(string? data, string? path) => (data, path) switch
    {
        ({ Length: > 0 }, _) => Encoding.ASCII.GetString(Convert.FromBase64String(data)),
        (_, { Length: > 0 }) => File.ReadAllText(path),
        _ => null,
    };
}
