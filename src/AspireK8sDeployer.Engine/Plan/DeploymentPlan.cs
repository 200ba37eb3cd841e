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

    /// <summary>Whether applying the plan writes anything.</summary>
    public bool HasChanges => Changes.Any(change => change.Kind != ChangeKind.Unchanged);

    /// <summary>The plan as text: a line for each object, one for each field, and a count.</summary>
    public string ToText() => PlanText.Of(this);

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();
}
