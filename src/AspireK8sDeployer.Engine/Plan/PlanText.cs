using System.Text;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Prints a plan the same way everywhere: a symbol, the object and what becomes of it; below it a line for each field.</summary>
internal static class PlanText
{
    // In the order of the count.
    private static readonly (ChangeKind Kind, string Symbol, string Word, string Counted, string Color)[] Kinds =
    [
        (ChangeKind.Create, "+", "create", "to create", Ansi.Green),
        (ChangeKind.Update, "~", "update", "to update", Ansi.Yellow),
        (ChangeKind.Adopt, "@", "adopt", "to adopt", Ansi.Cyan),
        (ChangeKind.Replace, "-/+", "replace", "to replace", Ansi.Magenta),
        (ChangeKind.Delete, "-", "delete", "to delete", Ansi.Red),
        (ChangeKind.Conflict, "!", "conflict", "in conflict", Ansi.Red),
        (ChangeKind.Unchanged, "=", "unchanged", "unchanged", Ansi.Faint),
    ];

    public static string Of(DeploymentPlan plan, bool colored)
    {
        var text = new StringBuilder();
        text.Append("Plan for ").Append(plan.Deployment).Append(" in namespace ").Append(plan.Namespace)
            .Append(" of ").Append(plan.Server).Append('\n');
        foreach (var change in plan.Changes)
        {
            AppendChange(text, change, colored);
        }

        foreach (var warning in plan.Warnings)
        {
            text.Append("  ").Append(Ansi.Paint("warning:", Ansi.Yellow, colored)).Append(' ').Append(warning).Append('\n');
        }

        foreach (var blocker in plan.Blockers)
        {
            text.Append("  ").Append(Ansi.Paint("refused:", Ansi.Red, colored)).Append(' ').Append(blocker.Code).Append(' ').Append(blocker.Problem).Append('\n')
                .Append("    → ").Append(blocker.Fix).Append('\n');
        }

        return text.Append(Counts(plan)).Append('\n').ToString();
    }

    /// <summary>For example <c>1 to create, 2 to update, 3 unchanged</c>, or that nothing changes.</summary>
    public static string Counts(DeploymentPlan plan)
    {
        if (!plan.HasChanges)
        {
            return "Nothing changes.";
        }

        var counts = Kinds
            .Select(kind => (Count: plan.Changes.Count(change => change.Kind == kind.Kind), kind.Counted))
            .Where(count => count.Count > 0);
        return string.Join(", ", counts.Select(count => $"{count.Count} {count.Counted}")) + ".";
    }

    private static void AppendChange(StringBuilder text, PlannedChange change, bool colored)
    {
        var (_, symbol, word, _, color) = Array.Find(Kinds, kind => kind.Kind == change.Kind);
        text.Append("  ").Append(Ansi.Paint($"{symbol} {change.Id} {word}", color, colored));
        if (change.Note is not null)
        {
            text.Append(" (").Append(change.Note).Append(')');
        }

        text.Append('\n');
        foreach (var field in change.Fields)
        {
            text.Append("      ").Append(field.Owner is { Claim: FieldClaim.Drift or FieldClaim.Foreign } ? Ansi.Paint(field.ToString(), Ansi.Red, colored) : field).Append('\n');
        }
    }
}
