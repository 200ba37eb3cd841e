namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>What is asked of the benchmark.</summary>
internal sealed record DeployOptions
{
    /// <summary>How many deployments; each number is a round of its own.</summary>
    public required IReadOnlyList<int> Deployments { get; init; }

    /// <summary>Who deploys, by their keys.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    public required string Kubectl { get; init; }

    public required string Helm { get; init; }

    /// <summary>The way to a server that runs already; null for the embedded one.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The process of that server.</summary>
    public int? ServerProcess { get; init; }

    /// <summary>Where the requests of each run are listed; null for nowhere.</summary>
    public string? Requests { get; init; }

    /// <summary>How long one deploy of one tool may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
