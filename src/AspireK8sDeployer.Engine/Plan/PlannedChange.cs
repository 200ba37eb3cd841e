namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the plan does to one object.</summary>
/// <param name="Kind">Create, update, unchanged or delete.</param>
/// <param name="Id">The object.</param>
/// <param name="Fields">The fields that an update changes.</param>
/// <param name="Note">What follows from it, for example <c>rolls the pods</c>.</param>
public sealed record PlannedChange(ChangeKind Kind, ObjectId Id, IReadOnlyList<FieldChange> Fields, string? Note = null);
