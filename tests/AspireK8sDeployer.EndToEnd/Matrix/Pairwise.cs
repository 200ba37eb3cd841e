namespace AspireK8sDeployer.EndToEnd.Matrix;

/// <summary>Combinations in which every two options of different groups meet at least once. The same groups give the same ones.</summary>
internal static class Pairwise
{
    public static IReadOnlyList<Combination> Of(IReadOnlyList<SettingGroup> groups)
    {
        var open = Pairs(groups).ToHashSet();
        List<Combination> all = [];
        foreach (var pair in Pairs(groups))
        {
            if (open.Contains(pair))
            {
                var chosen = Choose(groups, pair, open);
                open.ExceptWith(PairsOf(chosen));
                all.Add(new Combination([.. groups.Select((group, index) => group.Options[chosen[index]])]));
            }
        }

        return all;
    }

    // Around one pair that has not met, whatever lets most others meet.
    private static int[] Choose(IReadOnlyList<SettingGroup> groups, Pair pair, HashSet<Pair> open)
    {
        var chosen = Enumerable.Repeat(-1, groups.Count).ToArray();
        chosen[pair.First.Group] = pair.First.Option;
        chosen[pair.Second.Group] = pair.Second.Option;
        for (var group = 0; group < groups.Count; group++)
        {
            if (chosen[group] < 0)
            {
                chosen[group] = Enumerable.Range(0, groups[group].Options.Count).MaxBy(option => Meetings(chosen, new Place(group, option), open));
            }
        }

        return chosen;
    }

    private static int Meetings(int[] chosen, Place place, HashSet<Pair> open) => chosen
        .Select((option, group) => new Place(group, option))
        .Count(other => other.Option >= 0 && open.Contains(Pair.Of(other, place)));

    private static IEnumerable<Pair> PairsOf(int[] chosen) =>
        from first in Enumerable.Range(0, chosen.Length)
        from second in Enumerable.Range(first + 1, chosen.Length - first - 1)
        select new Pair(new Place(first, chosen[first]), new Place(second, chosen[second]));

    private static IEnumerable<Pair> Pairs(IReadOnlyList<SettingGroup> groups) =>
        from first in Enumerable.Range(0, groups.Count)
        from second in Enumerable.Range(first + 1, groups.Count - first - 1)
        from option in Enumerable.Range(0, groups[first].Options.Count)
        from other in Enumerable.Range(0, groups[second].Options.Count)
        select new Pair(new Place(first, option), new Place(second, other));

    private readonly record struct Place(int Group, int Option);

    private readonly record struct Pair(Place First, Place Second)
    {
        public static Pair Of(Place one, Place other) => one.Group < other.Group ? new Pair(one, other) : new Pair(other, one);
    }
}
