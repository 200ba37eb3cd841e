namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>
/// Finds the route of a request. Immutable: a change makes another table, and requests that run keep the route they have.
/// </summary>
/// <remarks>
/// The most specific host decides (its name, then <c>*</c> for its first label, then rules without a host), in it the longest path,
/// at equal length an exact one, then the older Ingress.
/// What no path of the deciding host takes goes to the default backend of an Ingress that has no rules.
/// </remarks>
internal sealed class RouteTable
{
    public static readonly RouteTable Empty = new([], null);

    private readonly Dictionary<string, Route[]> _hosts;
    private readonly Route? _default;

    private RouteTable(Dictionary<string, Route[]> hosts, Route? @default) => (_hosts, _default) = (hosts, @default);

    public static RouteTable Of(IEnumerable<ServedIngress> ingresses)
    {
        var ordered = ingresses.OrderBy(ingress => ingress.Created).ThenBy(ingress => ingress.Key.ToString(), StringComparer.Ordinal).ToArray();

        // The sort is stable, so that equals stay in the order of their Ingresses' age.
        var hosts = ordered
            .SelectMany(ingress => ingress.Routes)
            .GroupBy(route => route.Host)
            .ToDictionary(host => host.Key, host => host.OrderByDescending(route => route.Path.Length).ThenByDescending(route => route.Path.IsExact).ToArray());
        return new RouteTable(hosts, ordered.Select(ingress => ingress.Default).FirstOrDefault(route => route is not null));
    }

    public Route? Find(string host, string path)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        var routes = _hosts.GetValueOrDefault(name)
            ?? _hosts.GetValueOrDefault(HostNames.Wildcard(name))
            ?? _hosts.GetValueOrDefault("")
            ?? [];
        return Array.Find(routes, route => route.Path.Matches(path)) ?? _default;
    }
}
