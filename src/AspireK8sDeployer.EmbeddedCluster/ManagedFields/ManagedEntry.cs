namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>What a manager owns.</summary>
/// <param name="ApiVersion">The version in which the fields are named.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Time">When the manager last changed something; null when it never did.</param>
internal sealed record ManagedEntry(string ApiVersion, FieldSet Fields, string? Time);
