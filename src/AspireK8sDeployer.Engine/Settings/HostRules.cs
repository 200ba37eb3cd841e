using System.Net;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the host names by which a pipeline is reached; an Ingress and a Gateway have the same.</summary>
internal static class HostRules
{
    private const string Wildcard = "*.";

    public static void Check(string? host, string setting, string fix, SettingsErrors errors)
    {
        if (host is null)
        {
            return;
        }

        if (IPAddress.TryParse(host, out _))
        {
            errors.Add(setting, $"'{host}' is an address, and only DNS names can be routed by", fix);
            return;
        }

        if (host.Contains("://", StringComparison.Ordinal) || host.Contains('/', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal))
        {
            errors.Add(setting, $"'{host}' is more than a host: scheme, port and path are not part of it", fix);
            return;
        }

        var name = host.StartsWith(Wildcard, StringComparison.Ordinal) ? host[Wildcard.Length..] : host;
        errors.Unless(
            host.Length <= SyntaxRules.SubdomainLength && SyntaxRules.IsDnsSubdomain(name), setting,
            $"'{host}' is not a DNS name (lower case letters, digits, '-' and '.', at most 253; the first label may be '*')", fix);
    }
}
