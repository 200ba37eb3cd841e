using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>All that is needed to talk to an API server, wherever it was read from.</summary>
internal sealed record ClusterAccess
{
    /// <summary>Its address, with a slash at the end: some servers are below a path.</summary>
    public required Uri Server { get; init; }

    public required ICredentials Credentials { get; init; }

    /// <summary>Who may have signed the server's certificate; those that the system trusts when absent.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether the server's certificate is not looked at. Only where the kubeconfig itself says so.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The name that the server's certificate must have; that of its address when absent.</summary>
    public string? ServerName { get; init; }

    /// <summary>The proxy on the way; that of the environment when absent.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Headers of every request: as whom it is made.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static ClusterAccess Of(ClusterConnection connection, Surroundings surroundings) => connection switch
    {
        { InCluster: true } => InClusterAccess.Of(connection, surroundings),
        { Server: not null } or { Token: not null } or { CertificateAuthority: not null } => ServerAccess.Of(connection, surroundings),
        _ => KubeconfigAccess.Of(Kubeconfig.Read(connection, surroundings), surroundings),
    };

    /// <summary>An address as it is shown and used: without anything secret in it. Null when it is none.</summary>
    public static Uri? Address(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
        {
            return null;
        }

        var path = uri.AbsolutePath.EndsWith('/') ? uri.AbsolutePath : uri.AbsolutePath + "/";
        return new UriBuilder(uri.Scheme, uri.Host, uri.Port, path).Uri;
    }

    // Among the fields are secrets.
    public override string ToString() => Server.ToString();
}
