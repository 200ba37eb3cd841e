namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string target, string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (ProblemOf(name) is { } problem)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid. {problem}", nameof(name));
        }
    }

    private static string? ProblemOf(string name) => name switch
    {
        _ when name.Length is < 1 or > MaxLength => $"It must have 1 to {MaxLength} characters.",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "Only ASCII letters, digits and hyphens are allowed.",
        _ when name.Contains("--", StringComparison.Ordinal) => "Two hyphens in a row are not allowed.",
        _ when !char.IsAsciiLetter(name[0]) => "It must start with a letter.",
        _ when name[^1] == '-' => "It must not end with a hyphen.",
        _ => null,
    };
}
