namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What a deploy (or a delete) would do, in the order in which it would do it.</summary>
public sealed record DeploymentPlan
{
    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>The namespace of its objects.</summary>
    public required string Namespace { get; init; }

    /// <summary>The cluster's address.</summary>
    public required string Server { get; init; }

    /// <summary>Every object that is desired or ours, with what happens to it.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>What the user should know before going on.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the plan cannot be carried out; empty when it can.</summary>
    public IReadOnlyList<PlanBlocker> Blockers { get; init; } = [];

    /// <summary>Whether applying the plan writes anything.</summary>
    public bool HasChanges => Changes.Any(change => change.Kind != ChangeKind.Unchanged);

    /// <summary>The plan as text: a line for each object, one for each field, and a count.</summary>
    public string ToText() => PlanText.Of(this, colored: false);

    /// <summary>The plan as text for a terminal.</summary>
    /// <param name="colored">Whether the terminal shows colors.</param>
    public string ToText(bool colored) => PlanText.Of(this, colored);

    /// <summary>The plan as one line of JSON for machines, with a record for each object; the names of the fields stay.</summary>
    public string ToJson() => PlanJson.Of(this);

    /// <summary>Why a deploy would fail now; null when nothing is in the way.</summary>
    public DeploymentException? ToException() => PlanBlocker.ToException(Blockers);

    /// <inheritdoc cref="ToText()"/>
    public override string ToString() => ToText();
}
