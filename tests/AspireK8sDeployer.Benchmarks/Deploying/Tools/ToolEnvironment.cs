namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>What every tool is started with.</summary>
/// <param name="Kubeconfig">The way to the API server, through the proxy.</param>
/// <param name="Home">A home directory of the benchmark's own: caches go there, and last from one run of a tool to the next.</param>
/// <param name="Timeout">How long a deploy may take.</param>
internal sealed record ToolEnvironment(string Kubeconfig, string Home, TimeSpan Timeout)
{
    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["KUBECONFIG"] = Kubeconfig,
        ["HOME"] = Home,
        ["XDG_CACHE_HOME"] = Path.Combine(Home, ".cache"),
        ["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config"),
        ["XDG_DATA_HOME"] = Path.Combine(Home, ".local"),
    };

    public string TimeoutText => FormattableString.Invariant($"{(int)Timeout.TotalSeconds}s");
}
