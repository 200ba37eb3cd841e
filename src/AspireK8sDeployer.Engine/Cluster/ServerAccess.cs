using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The way to a server that is given by its address, a token and an authority.</summary>
internal static class ServerAccess
{
    private const string Fix = "correct it in .WithCluster(server, token, ca)";

    public static ClusterAccess Of(ClusterConnection connection, Surroundings surroundings)
    {
        if (connection is { Context: not null } or { KubeconfigPath: not null })
        {
            throw Wrong("it is given besides a kubeconfig", "leave out .WithCluster(…), or .WithKubeContext(…) and .WithKubeconfig(…)");
        }

        // Not the text itself: who puts the token in its place should not find it in a log.
        var server = ClusterAccess.Address(connection.Server ?? "") ?? throw Wrong("its address is not one, for example https://10.0.0.1:6443", Fix);
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw Wrong($"{server} would get the token unencrypted", "use its https address in .WithCluster(server, token, ca)");
        }

        var token = connection.Token?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw Wrong("its token is missing", Fix);
        }

        if (token.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            throw Wrong("its token has blanks or line breaks in it", Fix);
        }

        return new ClusterAccess
        {
            Server = server,
            Credentials = new FixedCredentials(new Credential { Header = Credential.Bearer(token) }, surroundings.Time, "give another token to .WithCluster(server, token, ca)"),
            Authorities = connection.CertificateAuthority is { Length: > 0 } authority ? Authorities(authority) : null,
        };
    }

    private static X509Certificate2Collection Authorities(string authority)
    {
        if (authority.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return Pem.Certificates(authority) ?? throw Wrong("its certificate authority is PEM text without a certificate", Fix);
        }

        try
        {
            return Pem.Certificates(File.ReadAllText(authority)) ?? throw Wrong($"{authority} has no certificate in PEM form", Fix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong("its certificate authority is neither PEM text nor a file that can be read", Fix);
        }
    }

    private static DeploymentException Wrong(string problem, string fix) => new("K8SD215", "connect", $"The cluster cannot be used as it is given: {problem}", fix);
}
