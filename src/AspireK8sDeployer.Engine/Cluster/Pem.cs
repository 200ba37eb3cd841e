using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Reads certificates of authorities.</summary>
internal static class Pem
{
    /// <summary>The certificates in the text; null when there is none, or one is broken.</summary>
    public static X509Certificate2Collection? Certificates(string text)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return found.Count == 0 ? null : found;
    }
}
