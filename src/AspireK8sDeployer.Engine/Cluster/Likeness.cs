namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Puts known names in the order of how much they are like one that is not known.</summary>
internal static class Likeness
{
    public static IEnumerable<string> Order(string name, IEnumerable<string> known) =>
        known.OrderByDescending(candidate => Of(name, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal);

    // The pairs of neighbouring letters that both have: that sees a letter too many as well as parts in another order.
    private static double Of(string left, string right)
    {
        var (mine, theirs) = (Pairs(left), Pairs(right));
        return mine.Count + theirs.Count == 0 ? 0 : 2.0 * mine.Intersect(theirs).Count() / (mine.Count + theirs.Count);
    }

    private static HashSet<string> Pairs(string name)
    {
        var bounded = $" {name.ToUpperInvariant()} ";
        return name.Length == 0 ? [] : [.. Enumerable.Range(0, bounded.Length - 1).Select(start => bounded.Substring(start, 2))];
    }
}
