namespace AspireK8sDeployer.Engine;

/// <summary>What a delete takes along.</summary>
public sealed record DeletionOptions
{
    /// <summary>Whether volume claims go too, and what is in them.</summary>
    public bool DeleteData { get; init; }
}
