using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine;

/// <summary>What a deploy, or a roll back, is to do.</summary>
/// <param name="State">What is to be.</param>
/// <param name="Timeout">How long it may take in all.</param>
internal sealed record DeployOrder(IDesiredState State, TimeSpan Timeout)
{
    /// <summary>Whether the last good state is put back when the rollout fails.</summary>
    public bool RollsBackOnFailure { get; init; }

    /// <summary>The revision that it brings back.</summary>
    public int? RollbackOf { get; init; }
}
