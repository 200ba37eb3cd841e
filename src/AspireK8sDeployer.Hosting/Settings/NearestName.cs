namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Guesses which known name a mistyped one was to be.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>The known name that the fewest edits lead to, when they are few.</summary>
    public static string? To(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Edits: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Edits <= MostEdits && candidate.Edits < candidate.Name.Length / 2)
        .OrderBy(candidate => candidate.Edits)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>What to write in place of a name that is not known.</summary>
    public static string Suggestion(string name, IEnumerable<string> known) => To(name, known) is { } nearest
        ? $"use {nearest}, if that is what is meant, or remove it"
        : $"use one of {string.Join(", ", known)}, or remove it";

    // Levenshtein's distance, a row at a time.
    private static int Edits(string from, string to)
    {
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
