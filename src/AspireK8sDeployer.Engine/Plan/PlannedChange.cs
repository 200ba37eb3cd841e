namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the plan does to one object.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Id">The object.</param>
/// <param name="Fields">The fields that change, or that are in the way.</param>
/// <param name="Note">What follows from it, for example <c>rolls 3 pods</c>.</param>
public sealed record PlannedChange(ChangeKind Kind, ObjectId Id, IReadOnlyList<FieldChange> Fields, string? Note = null);
