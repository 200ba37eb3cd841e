namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>The facts of one field; see <see cref="SchemaFacts"/> for how they are written.</summary>
internal sealed record FieldFacts
{
    public static readonly FieldFacts None = new();

    public bool Always { get; init; }

    public bool KeepsZero { get; init; }

    public bool Atomic { get; init; }

    public bool Set { get; init; }

    public IReadOnlyList<ListKey>? MapKeys { get; init; }

    public bool PatchMerges { get; init; }

    public string? PatchMergeKey { get; init; }

    public bool PatchRetainsKeys { get; init; }

    public bool MicroTime { get; init; }

    public static FieldFacts Parse(string text)
    {
        var facts = None;
        foreach (var fact in text.Split('|'))
        {
            facts = fact switch
            {
                "!" => facts with { Always = true },
                "?" => facts with { KeepsZero = true },
                "!?" => facts with { Always = true, KeepsZero = true },
                "atomic" => facts with { Atomic = true },
                "set" => facts with { Set = true },
                "merge" => facts with { PatchMerges = true },
                "retainKeys" => facts with { PatchRetainsKeys = true },
                "micro" => facts with { MicroTime = true },
                _ when Argument(fact, "merge") is { } key => facts with { PatchMerges = true, PatchMergeKey = key },
                _ when Argument(fact, "map") is { } keys => facts with { MapKeys = [.. keys.Split(',').Select(Key)] },
                _ => throw new FormatException($"'{fact}' is not a fact"),
            };
        }

        return facts;
    }

    private static ListKey Key(string text) =>
        text.Split('=') is [var name, var value] ? new ListKey(name, $"\"{value}\"") : new ListKey(text);

    private static string? Argument(string fact, string name) =>
        fact.StartsWith(name + "(", StringComparison.Ordinal) && fact.EndsWith(')') ? fact[(name.Length + 1)..^1] : null;
}
