using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>One line of a plan with what is needed to carry it out.</summary>
/// <param name="Change">The line.</param>
/// <param name="Desired">The body to apply; null when the object is to be deleted.</param>
/// <param name="Live">The object as it is; for one to be created, the old one that is not gone yet. Null when there is none.</param>
internal sealed record PlannedObject(PlannedChange Change, JsonObject? Desired, JsonObject? Live)
{
    public ObjectId Id => Change.Id;

    public ChangeKind Kind => Change.Kind;

    public string? Uid => (string?)Live?["metadata"]?["uid"];

    public string? ResourceVersion => (string?)Live?["metadata"]?["resourceVersion"];

    /// <summary>Whether fields are taken from managers that have no claim to them any more.</summary>
    public bool TakesFields { get; init; }

    /// <summary>A JSON patch that makes the object fit for the apply; null when none is needed.</summary>
    public JsonArray? Preparation { get; init; }

    /// <summary>Why it cannot be carried out; null when it can.</summary>
    public PlanBlocker? Blocker { get; init; }

    /// <summary>Whether something is applied: all but what is left alone or deleted.</summary>
    public bool IsApplied => Kind is ChangeKind.Create or ChangeKind.Update or ChangeKind.Adopt or ChangeKind.Replace;
}
