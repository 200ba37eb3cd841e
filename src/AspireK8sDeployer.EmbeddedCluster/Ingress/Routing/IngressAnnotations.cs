using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>The annotations of the nginx controller that this one understands; it ignores all others.</summary>
internal sealed record IngressAnnotations
{
    private const string Prefix = "nginx.ingress.kubernetes.io/";

    private IngressAnnotations()
    {
    }

    /// <summary>Redirects to https where the host has TLS.</summary>
    public bool SslRedirect { get; private init; }

    /// <summary>Redirects to https in any case.</summary>
    public bool ForceSslRedirect { get; private init; }

    public bool UseRegex { get; private init; }

    public string? RewriteTarget { get; private init; }

    public TimeSpan? ReadTimeout { get; private init; }

    public static IngressAnnotations Of(V1Ingress ingress)
    {
        var annotations = ingress.Metadata.Annotations ?? new Dictionary<string, string>();
        return new IngressAnnotations
        {
            SslRedirect = Text("ssl-redirect") == "true",
            ForceSslRedirect = Text("force-ssl-redirect") == "true",
            UseRegex = Text("use-regex") == "true",
            RewriteTarget = Text("rewrite-target") is { Length: > 0 } target ? target : null,
            ReadTimeout = int.TryParse(Text("proxy-read-timeout"), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
        };

        string? Text(string name) => annotations.TryGetValue(Prefix + name, out var value) ? value.Trim() : null;
    }
}
