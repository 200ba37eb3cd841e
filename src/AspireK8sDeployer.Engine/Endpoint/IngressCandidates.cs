using System.Text.RegularExpressions;
using AspireK8sDeployer.Client;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>The addresses that an Ingress gives a pipeline. Pure.</summary>
internal static partial class IngressCandidates
{
    public const string Source = "ingress";

    public static IReadOnlyList<EndpointCandidate> Of(V1Ingress ingress)
    {
        if (ingress.Spec?.Rules is not [{ Http.Paths: [var path, ..] } rule, ..])
        {
            return [];
        }

        var isTls = ingress.Spec.Tls is { Count: > 0 };
        var door = ingress.Status?.LoadBalancer?.Ingress?.FirstOrDefault(item => item.Ip is not null || item.Hostname is not null);
        var address = door?.Ip ?? door?.Hostname;
        var host = rule.Host is { Length: > 0 } named ? Example(named, ingress.Metadata.Name) : door?.Hostname ?? door?.Ip;
        if (host is null)
        {
            return [];
        }

        var url = new UriBuilder(isTls ? "https" : "http", host, Port(door, isTls), Base(path) + "/").Uri;
        return [new EndpointCandidate(url, Source, host == address ? null : address) { CanBeAsked = path.PathType != "Exact" }];
    }

    public static bool HasAddress(V1Ingress ingress) => ingress.Status?.LoadBalancer?.Ingress?.Any(item => item.Ip is not null || item.Hostname is not null) == true;

    /// <summary>A host that a wildcard stands for.</summary>
    public static string Example(string host, string name) => host.StartsWith("*.", StringComparison.Ordinal) ? name + host[1..] : host;

    // Ports are named where nobody would guess them; that of TLS comes second then.
    private static int Port(V1IngressLoadBalancerIngress? door, bool isTls)
    {
        var usual = isTls ? 443 : 80;
        var ports = (door?.Ports ?? []).Where(port => port.Error is null && port.Protocol == "TCP").Select(port => port.Port).ToList();
        if (ports.Count == 0 || ports.Contains(usual))
        {
            return usual;
        }

        return isTls ? ports[^1] : ports[0];
    }

    // What /invoke is below. Of a controller's own kind of path it is the part before the pattern begins.
    private static string Base(V1HTTPIngressPath path)
    {
        var text = path.Path ?? "/";
        return path.PathType switch
        {
            "Exact" => text.EndsWith(PipelinePaths.Invoke, StringComparison.Ordinal) ? text[..^PipelinePaths.Invoke.Length] : text.TrimEnd('/'),
            "ImplementationSpecific" => Literal().Match(text).Value.TrimEnd('/'),
            _ => text.TrimEnd('/'),
        };
    }

    [GeneratedRegex("^[A-Za-z0-9/_.~%-]*")]
    private static partial Regex Literal();
}
