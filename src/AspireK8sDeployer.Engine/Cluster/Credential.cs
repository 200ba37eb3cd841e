using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>By what the server is to know the user: a header, a certificate, or both; nothing for nobody.</summary>
internal sealed record Credential
{
    public static readonly Credential None = new();

    public AuthenticationHeaderValue? Header { get; init; }

    public X509Certificate2? Certificate { get; init; }

    /// <summary>When it ends, if that is known.</summary>
    public DateTimeOffset? Expires { get; init; }

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    // The fields are secrets.
    public override string ToString() => nameof(Credential);
}
