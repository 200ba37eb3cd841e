using System.Text;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Prints a plan the same way everywhere: <c>+ create</c>, <c>~ update</c>, <c>= unchanged</c>, <c>- delete</c>.</summary>
internal static class PlanText
{
    public static string Of(DeploymentPlan plan)
    {
        var text = new StringBuilder();
        text.Append("Plan for ").Append(plan.Deployment).Append(" in namespace ").Append(plan.Namespace)
            .Append(" of ").Append(plan.Server).Append('\n');
        foreach (var change in plan.Changes)
        {
            AppendChange(text, change);
        }

        foreach (var warning in plan.Warnings)
        {
            text.Append("  ! ").Append(warning).Append('\n');
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

        (ChangeKind Kind, string Word)[] words =
        [
            (ChangeKind.Create, "to create"), (ChangeKind.Update, "to update"), (ChangeKind.Delete, "to delete"), (ChangeKind.Unchanged, "unchanged"),
        ];
        var counts = words
            .Select(word => (Count: plan.Changes.Count(change => change.Kind == word.Kind), word.Word))
            .Where(count => count.Count > 0);
        return string.Join(", ", counts.Select(count => $"{count.Count} {count.Word}")) + ".";
    }

    private static void AppendChange(StringBuilder text, PlannedChange change)
    {
        var (symbol, word) = change.Kind switch
        {
            ChangeKind.Create => ('+', "create"),
            ChangeKind.Update => ('~', "update"),
            ChangeKind.Delete => ('-', "delete"),
            _ => ('=', "unchanged"),
        };
        text.Append("  ").Append(symbol).Append(' ').Append(change.Id).Append(' ').Append(word);
        if (change.Note is not null)
        {
            text.Append(" (").Append(change.Note).Append(')');
        }

        text.Append('\n');
        foreach (var field in change.Fields)
        {
            text.Append("      ").Append(field).Append('\n');
        }
    }
}
