namespace AspireK8sDeployer.Engine;

/// <summary>What went wrong, where, why, and what to do: the one failure that the engine reports.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="code">The stable code, <c>K8SD</c> and three digits.</param>
    /// <param name="stage">The stage that failed, for example <c>wait</c>.</param>
    /// <param name="problem">The object, what failed, and the cause with its evidence.</param>
    /// <param name="fix">What to do, in the user's own API.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DeploymentException(string code, string stage, string problem, string fix, Exception? innerException = null)
        : base($"{code}: {problem}\n  → {fix}", innerException)
    {
        Code = code;
        Stage = stage;
        Problem = problem;
        Fix = fix;
    }

    /// <summary>The stable code, <c>K8SD</c> and three digits.</summary>
    public string Code { get; }

    /// <summary>The stage that failed.</summary>
    public string Stage { get; }

    /// <summary>The object, what failed, and the cause with its evidence.</summary>
    public string Problem { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }

    /// <summary>The name of the cause in the failure catalogue, for example <c>IMAGE_NOT_FOUND</c>, when one is known.</summary>
    public string? Reason { get; init; }

    /// <summary>The class of the failure, for scripts: what a process ends with that fails for it.</summary>
    public int ExitCode => ExitCodes.Of(Code, Reason);

    /// <summary>What is known of a failed rollout, the most telling cause first; empty for other failures.</summary>
    public IReadOnlyList<FailureCause> Causes { get; init; } = [];
}
