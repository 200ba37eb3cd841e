using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>The keys and certificates of one cluster: made once, kept with its state.</summary>
internal sealed class Certificates : IDisposable
{
    private Certificates(string authorityPem, X509Certificate2 server, ECDsa tokenKey, string adminToken)
    {
        AuthorityPem = authorityPem;
        Server = server;
        TokenKey = tokenKey;
        AdminToken = adminToken;
    }

    public string AuthorityPem { get; }

    public X509Certificate2 Server { get; }

    /// <summary>Signs the tokens of service accounts.</summary>
    public ECDsa TokenKey { get; }

    public string AdminToken { get; }

    /// <summary>Reads what the directory holds, and makes what it lacks.</summary>
    public static Certificates Open(string? directory, IPAddress address, DateTimeOffset now)
    {
        var secrets = new SecretFiles(directory);
        var authorityKey = Key(secrets.GetOrCreate("ca.key", NewKey));
        var authorityPem = secrets.GetOrCreate("ca.crt", () => CreateAuthority(authorityKey, now));
        using var authority = X509Certificate2.CreateFromPem(authorityPem);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using (authorityKey)
        {
            // Made anew at each start: the address may have changed, and nobody remembers a server's certificate.
            var server = CreateServer(authority, authorityKey, serverKey, address, now);
            return new Certificates(
                authorityPem,
                server,
                Key(secrets.GetOrCreate("service-accounts.key", NewKey)),
                secrets.GetOrCreate("admin.token", () => RandomNumberGenerator.GetHexString(64, lowercase: true)));
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        TokenKey.Dispose();
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static ECDsa Key(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static string CreateAuthority(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=aspire-k8s embedded cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return certificate.ExportCertificatePem() + "\n";
    }

    private static X509Certificate2 CreateServer(X509Certificate2 authority, ECDsa authorityKey, ECDsa key, IPAddress address, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        if (!address.Equals(IPAddress.Loopback))
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        foreach (var name in (string[])["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"])
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using var signed = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), now.AddDays(-1), authority.NotAfter.ToUniversalTime(), serial);
        using var withKey = signed.CopyWithPrivateKey(key);

        // Through PKCS #12, or TLS on some systems cannot use the key.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
