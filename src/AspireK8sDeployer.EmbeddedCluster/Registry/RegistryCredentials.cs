using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>The one user of the registry.</summary>
internal sealed record RegistryCredentials(string User, string Password)
{
    public static RegistryCredentials Create() => new("embedded", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));

    public AuthenticationHeaderValue ToHeader() => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));

    public bool Accepts(string? authorization)
    {
        var expected = Encoding.UTF8.GetBytes(ToHeader().ToString());
        var actual = Encoding.UTF8.GetBytes(authorization ?? "");
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(actual), SHA256.HashData(expected));
    }

    public override string ToString() => $"{User}:***";
}
