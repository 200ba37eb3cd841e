namespace AspireK8sDeployer.Engine.Logs;

/// <summary>Which lines of the logs.</summary>
public sealed record LogOptions
{
    /// <summary>Whether to go on with what is written from now on, until it is cancelled.</summary>
    public bool Follow { get; init; }

    /// <summary>At most so many of the last lines of each container; all when absent.</summary>
    public int? Tail { get; init; }

    /// <summary>Only what was written so long ago at most.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Those of the containers before, which were restarted.</summary>
    public bool Previous { get; init; }
}
