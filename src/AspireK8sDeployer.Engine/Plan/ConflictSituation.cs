namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What decides, besides manager and field, to whom a field belongs.</summary>
/// <param name="TakesOver">Whether what people changed by hand is overwritten.</param>
/// <param name="IsFirstApply">Whether we have never applied the object.</param>
/// <param name="Adopts">How far the object, which we did not make, is adopted; Never for one of ours.</param>
/// <param name="HasAutoscaler">Whether an autoscaler, whoever's, scales the object after this deploy.</param>
internal sealed record ConflictSituation(bool TakesOver, bool IsFirstApply, AdoptionPolicy Adopts, bool HasAutoscaler);
