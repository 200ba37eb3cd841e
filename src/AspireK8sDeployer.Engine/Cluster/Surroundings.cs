namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a connection takes from the machine and the process that it is made in.</summary>
internal sealed record Surroundings
{
    public static readonly Surroundings Real = new();

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where the cluster puts the credentials of a pod.</summary>
    public string ServiceAccountFolder { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether somebody can answer what a plugin asks.</summary>
    public bool IsInteractive { get; init; } = !Console.IsInputRedirected;

    /// <summary>How long a plugin may take that asks nobody.</summary>
    public TimeSpan PluginPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a plugin may take whose user logs in meanwhile.</summary>
    public TimeSpan LoginPatience { get; init; } = TimeSpan.FromMinutes(5);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
