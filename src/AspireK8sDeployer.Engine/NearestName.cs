namespace AspireK8sDeployer.Engine;

/// <summary>Guesses which known name one was to be that is not known. Compiled into Hosting as well, which has names of its own.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>The known names, the likeliest first: those that it is a part of, or that are a part of it, and then by the edits that lead to them.</summary>
    public static IEnumerable<string> Order(string name, IEnumerable<string> known) => known
        .OrderBy(candidate => !Contains(name, candidate) && !Contains(candidate, name))
        .ThenBy(candidate => Edits(name, candidate))
        .ThenBy(candidate => candidate, StringComparer.Ordinal);

    /// <summary>The likeliest one, when few edits lead to it: a slip of the pen, and not another name.</summary>
    public static string? To(string name, IEnumerable<string> known) => known
        .Where(candidate => IsSlip(Edits(name, candidate), candidate.Length))
        .OrderBy(candidate => Edits(name, candidate))
        .FirstOrDefault();

    /// <summary>What to write in place of a name that is not known.</summary>
    public static string Suggestion(string name, IEnumerable<string> known) => To(name, known) is { } nearest
        ? $"use {nearest}, if that is what is meant, or remove it"
        : $"use one of {string.Join(", ", known)}, or remove it";

    private static bool IsSlip(int edits, int length) => edits <= 1 ? length > 2 : edits <= MostEdits && edits < length / 2;

    private static bool Contains(string whole, string part) => part.Length > 0 && whole.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Levenshtein's distance, a row at a time.
    private static int Edits(string name, string candidate)
    {
        var (from, to) = (name.ToUpperInvariant(), candidate.ToUpperInvariant());
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var row = 1; row <= from.Length; row++)
        {
            var current = new int[to.Length + 1];
            current[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = previous[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
