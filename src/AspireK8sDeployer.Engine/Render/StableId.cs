using System.Security.Cryptography;
using System.Text;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>A UUID that is the same for the same parts, on every machine.</summary>
internal static class StableId
{
    /// <summary>The id that a pipeline answers with.</summary>
    public static string Of(DeploymentIdentity deployment) => Of("deployment", deployment.Application, deployment.Namespace, deployment.Name);

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        // Version 8 of RFC 9562: a UUID whose bits are the application's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
