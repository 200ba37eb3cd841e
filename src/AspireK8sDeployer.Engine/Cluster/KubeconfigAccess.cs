using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The way to a server that a kubeconfig describes.</summary>
internal static class KubeconfigAccess
{
    private static readonly string[] Proxies = ["http", "https", "socks5"];

    public static ClusterAccess Of(KubeconfigContext context, Surroundings surroundings)
    {
        var cluster = context.Cluster;
        var skips = cluster.IsTrue("insecure-skip-tls-verify");
        var server = ClusterAccess.Address(cluster.Text("server")!) ?? throw Broken(context, "the server of its cluster is not an address");
        return new ClusterAccess
        {
            Server = server,
            Credentials = KubeconfigCredentials.Of(context, surroundings),
            Authorities = Authorities(context),
            SkipsVerification = skips,
            ServerName = cluster.Text("tls-server-name") is { Length: > 0 } name ? name : null,
            Proxy = cluster.Text("proxy-url") is { Length: > 0 } proxy ? Proxy(context, proxy) : null,
            Headers = [.. Impersonation.Headers(context)],
            Warnings = skips
                ? [$"the certificate of {server} is not verified, because context '{context.Name}' says insecure-skip-tls-verify: anybody on the way can read and change everything"]
                : [],
        };
    }

    public static DeploymentException Broken(KubeconfigContext context, string problem) =>
        Kubeconfig.Broken(context.Files, $"context '{context.Name}': {problem}");

    /// <summary>What a field holds itself, or the file that another one names.</summary>
    public static string? Content(KubeconfigContext context, JsonObject fields, string data, string file)
    {
        try
        {
            if (fields.Text(data) is { Length: > 0 } text)
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(text));
            }

            return fields.Text(file) is { Length: > 0 } path ? File.ReadAllText(path) : null;
        }
        catch (FormatException)
        {
            throw Broken(context, $"{data} is not Base64");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Broken(context, $"the file of {file} cannot be read ({fields.Text(file)})");
        }
    }

    private static X509Certificate2Collection? Authorities(KubeconfigContext context) =>
        Content(context, context.Cluster, "certificate-authority-data", "certificate-authority") is { } pem
            ? Pem.Certificates(pem) ?? throw Broken(context, "the certificate authority is no certificate in PEM form")
            : null;

    private static Uri Proxy(KubeconfigContext context, string text)
    {
        // Our name for a SOCKS proxy that resolves names is the one of curl without its last letter.
        var known = text.StartsWith("socks5h:", StringComparison.OrdinalIgnoreCase) ? "socks5" + text["socks5h".Length..] : text;
        return Uri.TryCreate(known, UriKind.Absolute, out var uri) && Proxies.Contains(uri.Scheme)
            ? uri
            : throw Broken(context, $"its proxy-url is not an address of {string.Join(", ", Proxies)}");
    }
}
