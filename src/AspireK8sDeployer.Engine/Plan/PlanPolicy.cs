namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What a deploy may do to what is in the way.</summary>
/// <param name="Adoption">Whether objects that we did not make become ours.</param>
/// <param name="TakesOver">Whether what people changed by hand is overwritten.</param>
/// <param name="Replacement">What may be deleted and made again: kinds, <c>Kind/name</c>, or <c>*</c>.</param>
internal sealed record PlanPolicy(AdoptionPolicy Adoption, bool TakesOver, IReadOnlyList<string> Replacement)
{
    public static PlanPolicy Of(DeploymentEngineOptions options) => new(options.Adoption, options.TakeOver, [.. options.Replacement]);

    public bool MayReplace(ObjectId id) => Replacement.Any(item =>
        item == "*" || item.Equals(id.Kind, StringComparison.OrdinalIgnoreCase) || item.Equals($"{id.Kind}/{id.Name}", StringComparison.OrdinalIgnoreCase));
}
