namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Where <c>pods/{name}/log</c> comes from: the node.</summary>
internal interface IPodLogs
{
    /// <summary>
    /// Writes a container's log to <paramref name="to"/>; with <see cref="LogOptions.Follow"/> until the container ends or the
    /// reader goes. Throws <see cref="ApiException"/> when there is none to give.
    /// </summary>
    Task CopyAsync(string ns, string pod, string container, LogOptions options, Stream to, CancellationToken ct);
}

/// <summary>The query of a log request.</summary>
internal sealed record LogOptions
{
    public bool Follow { get; init; }

    /// <summary>The container that ran before the last restart.</summary>
    public bool Previous { get; init; }

    public bool Timestamps { get; init; }

    public long? TailLines { get; init; }

    public long? LimitBytes { get; init; }

    public long? SinceSeconds { get; init; }

    public DateTimeOffset? SinceTime { get; init; }
}
