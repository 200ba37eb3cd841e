using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine;

/// <summary>What a delete did.</summary>
/// <param name="Plan">What was removed.</param>
/// <param name="NamespaceDeleted">Whether the namespace went too.</param>
/// <param name="Warnings">What was left, and why.</param>
public sealed record DeletionResult(DeploymentPlan Plan, bool NamespaceDeleted, IReadOnlyList<string> Warnings);
