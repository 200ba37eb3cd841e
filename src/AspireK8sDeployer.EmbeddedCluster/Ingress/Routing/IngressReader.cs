using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>Reads the routes of an Ingress. Pure.</summary>
internal static class IngressReader
{
    /// <param name="ingress">The Ingress.</param>
    /// <param name="problems">What of it cannot be served, in words for its user.</param>
    public static ServedIngress Read(V1Ingress ingress, ICollection<string> problems)
    {
        var annotations = IngressAnnotations.Of(ingress);
        var fallback = Backend(ingress, ingress.Spec.DefaultBackend, problems);
        var routes = new List<Route>();
        foreach (var rule in ingress.Spec.Rules ?? [])
        {
            foreach (var path in rule.Http?.Paths ?? [])
            {
                if (Match(path, annotations, problems) is { } match)
                {
                    routes.Add(Route(ingress, annotations, rule.Host, match, Backend(ingress, path.Backend, problems)));
                }
            }

            if (ingress.Spec.DefaultBackend is not null)
            {
                routes.Add(Route(ingress, annotations, rule.Host, new AnyPath(), fallback));
            }
        }

        var alone = ingress.Spec.DefaultBackend is not null && routes.Count == 0;
        return new ServedIngress(
            ObjectKey.Of(ingress),
            ingress.Metadata.CreationTimestamp ?? DateTime.MaxValue,
            routes,
            alone ? Route(ingress, annotations, null, new AnyPath(), fallback) : null);
    }

    private static Route Route(V1Ingress ingress, IngressAnnotations annotations, string? host, PathMatch path, IngressBackend? backend) =>
        new(host?.ToLowerInvariant() ?? "", path, backend)
        {
            RedirectsToHttps = annotations.ForceSslRedirect || (annotations.SslRedirect && HasTls(ingress, host ?? "")),
            Timeout = annotations.ReadTimeout,
        };

    private static bool HasTls(V1Ingress ingress, string host) =>
        (ingress.Spec.Tls ?? []).Any(tls => tls.Hosts is not { Count: > 0 } || HostNames.Contain(tls.Hosts, host));

    private static PathMatch? Match(V1HTTPIngressPath path, IngressAnnotations annotations, ICollection<string> problems)
    {
        var text = string.IsNullOrEmpty(path.Path) ? "/" : path.Path;
        if (annotations.UseRegex || annotations.RewriteTarget is not null)
        {
            try
            {
                return new PatternPath(text, annotations.RewriteTarget);
            }
            catch (ArgumentException e)
            {
                problems.Add($"path {text} is no regular expression, as use-regex and rewrite-target need one: {e.Message}");
                return null;
            }
        }

        return path.PathType == "Exact" ? new ExactPath(text) : new PrefixPath(text);
    }

    private static IngressBackend? Backend(V1Ingress ingress, V1IngressBackend? backend, ICollection<string> problems)
    {
        if (backend?.Service is { } service)
        {
            var port = service.Port?.Number is > 0 and var number ? number.ToString(CultureInfo.InvariantCulture) : service.Port?.Name;
            return new IngressBackend(new ObjectKey(ingress.Metadata.NamespaceProperty, service.Name), port ?? "");
        }

        if (backend?.Resource is { } resource)
        {
            problems.Add($"{resource.Kind} {resource.Name} cannot be a backend here; only Services can");
        }

        return null;
    }
}
