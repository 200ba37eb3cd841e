namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Why a plan cannot be carried out as it is.</summary>
/// <param name="Id">The object.</param>
/// <param name="Code">The code of the failure that a deploy ends with.</param>
/// <param name="Problem">What is in the way.</param>
/// <param name="Fix">What allows it, or goes around it.</param>
public sealed record PlanBlocker(ObjectId Id, string Code, string Problem, string Fix)
{
    /// <summary>The name of the cause in the failure catalogue.</summary>
    internal string? Reason { get; init; }

    /// <summary>One failure for all of them, or null when there is none.</summary>
    internal static DeploymentException? ToException(IReadOnlyList<PlanBlocker> blockers) => blockers switch
    {
        [] => null,
        [var only] => new DeploymentException(only.Code, "plan", only.Problem, only.Fix) { Reason = only.Reason },
        [var first, ..] => new DeploymentException(
            first.Code, "plan",
            $"{blockers.Count} objects are in the way:{string.Concat(blockers.Select(blocker => $"\n  {blocker.Code} {blocker.Problem}\n    → {blocker.Fix}"))}",
            "nothing was changed; mend this, and deploy again")
        {
            Reason = first.Reason,
        },
    };
}
