using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine;

/// <summary>What a deploy did.</summary>
/// <param name="Plan">What changed.</param>
/// <param name="Endpoint">Where the pipeline answers.</param>
/// <param name="Warnings">What worked, but not as one would expect.</param>
public sealed record DeploymentResult(DeploymentPlan Plan, PipelineEndpoint Endpoint, IReadOnlyList<string> Warnings);
