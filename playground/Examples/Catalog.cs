namespace Examples;

/// <summary>The examples by their names.</summary>
internal static class Catalog
{
    private static readonly Dictionary<string, Action<IDistributedApplicationBuilder>> All = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(ClusterIpWithIngress)] = ClusterIpWithIngress.Add,
        [nameof(TlsFromSecret)] = TlsFromSecret.Add,
        [nameof(TlsByCertManager)] = TlsByCertManager.Add,
        [nameof(NginxAnnotations)] = NginxAnnotations.Add,
        [nameof(TraefikAnnotations)] = TraefikAnnotations.Add,
        [nameof(AlbAnnotations)] = AlbAnnotations.Add,
        [nameof(PathRouting)] = PathRouting.Add,
        [nameof(Autoscaled)] = Autoscaled.Add,
        [nameof(StickySessions)] = StickySessions.Add,
        [nameof(NodePort)] = NodePort.Add,
        [nameof(SourceRanges)] = SourceRanges.Add,
        [nameof(AnnotatedLoadBalancer)] = AnnotatedLoadBalancer.Add,
        [nameof(PodSettings)] = PodSettings.Add,
    };

    /// <summary>Those that a list names, or all.</summary>
    /// <param name="names">Names with commas between them.</param>
    public static IEnumerable<Action<IDistributedApplicationBuilder>> Chosen(string? names) => names is null
        ? All.Values
        : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => All.TryGetValue(name, out var add)
            ? add
            : throw new ArgumentException($"There is no example '{name}'. There are: {string.Join(", ", All.Keys)}.", nameof(names)));
}
