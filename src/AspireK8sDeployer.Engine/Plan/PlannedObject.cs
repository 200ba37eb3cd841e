using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>One line of a plan with what is needed to carry it out.</summary>
/// <param name="Change">The line.</param>
/// <param name="Desired">The body to apply; null when the object is to be deleted.</param>
/// <param name="Live">The object as it is; for one to be created, the old one that is not gone yet. Null when there is none.</param>
/// <param name="TakesFields">Whether fields are taken from a manager that has no claim to them any more.</param>
/// <param name="Replaces">Whether the object is deleted first, because the API does not let the change be made to it.</param>
internal sealed record PlannedObject(PlannedChange Change, JsonObject? Desired, JsonObject? Live, bool TakesFields = false, bool Replaces = false)
{
    public ObjectId Id => Change.Id;

    public ChangeKind Kind => Change.Kind;

    public string? Uid => (string?)Live?["metadata"]?["uid"];
}
