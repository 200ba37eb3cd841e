using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of how pods are spread.</summary>
internal static class TopologySpreadRules
{
    public static void Check(IEnumerable<V1TopologySpreadConstraint> constraints, SettingCheck check)
    {
        var all = check.Elements(constraints);
        foreach (var constraint in all)
        {
            Check(constraint, check);
        }

        foreach (var same in all.GroupBy(constraint => (constraint.TopologyKey, constraint.WhenUnsatisfiable)).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"two constraints are for '{same.Key.TopologyKey}' with {same.Key.WhenUnsatisfiable}");
        }
    }

    private static void Check(V1TopologySpreadConstraint constraint, SettingCheck check)
    {
        check.Unless(constraint.MaxSkew >= 1, $"MaxSkew {constraint.MaxSkew} is less than 1");
        check.Unless(
            constraint.TopologyKey is not null && SyntaxRules.IsQualifiedName(constraint.TopologyKey),
            $"'{constraint.TopologyKey}' is not a TopologyKey, a node label's key such as kubernetes.io/hostname");
        check.Unless(
            constraint.WhenUnsatisfiable is "DoNotSchedule" or "ScheduleAnyway", $"'{constraint.WhenUnsatisfiable}' is not a WhenUnsatisfiable (DoNotSchedule, ScheduleAnyway)");
        check.Unless(constraint.MinDomains is null or >= 1, $"MinDomains {constraint.MinDomains} is less than 1");
        check.Unless(constraint.MinDomains is null || constraint.WhenUnsatisfiable == "DoNotSchedule", "MinDomains need WhenUnsatisfiable to be DoNotSchedule");
        CheckPolicy("NodeAffinityPolicy", constraint.NodeAffinityPolicy);
        CheckPolicy("NodeTaintsPolicy", constraint.NodeTaintsPolicy);
        SelectorRules.Check(constraint.LabelSelector, check);
        // Without a selector of its own it gets ours.
        SelectorRules.CheckKeys(constraint.MatchLabelKeys, "MatchLabelKeys", constraint.LabelSelector ?? new V1LabelSelector(), check);

        void CheckPolicy(string name, string? policy) => check.Unless(policy is null or "Honor" or "Ignore", $"'{policy}' is not a {name} (Honor, Ignore)");
    }
}
