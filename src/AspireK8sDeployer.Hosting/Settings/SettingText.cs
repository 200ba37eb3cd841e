using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Reads the text of configuration and of parameters, in the invariant culture.</summary>
internal static partial class SettingText
{
    /// <summary>What may stand there: <c>one of A, B</c> where these are all that there is, else <c>a value like A</c>.</summary>
    public static string OneLike(string example) => example.Contains(", ", StringComparison.Ordinal) ? $"one of {example}" : $"a value like {example}";

    /// <summary>Reads a value of a type that settings have.</summary>
    public static bool TryParse<T>(string? text, [NotNullWhen(true)] out T? value)
    {
        var parsed = text is null ? null : Parse(typeof(T), text);
        value = parsed is null ? default : (T)parsed;
        return parsed is not null;
    }

    private static object? Parse(Type type, string text)
    {
        if (type == typeof(string))
        {
            return text;
        }

        text = text.Trim();
        return type switch
        {
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(TimeSpan) => DurationOf(text),
            _ when type.IsEnum => Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null,
            _ => throw new NotSupportedException($"No setting has the type {type}."),
        };
    }

    // As .NET writes durations, 00:10:00, or as Kubernetes does, 1h30m. A number alone would be days to .NET and seconds to people.
    private static TimeSpan? DurationOf(string text)
    {
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) ? duration : null;
        }

        var parts = UnitParts().Match(text);
        return parts.Success && text.Length > 0
            ? new TimeSpan(Part(parts, "d"), Part(parts, "h"), Part(parts, "m"), Part(parts, "s"))
            : null;
    }

    private static int Part(Match parts, string unit) =>
        parts.Groups[unit].Success ? int.Parse(parts.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^((?<d>[0-9]{1,4})d)?((?<h>[0-9]{1,6})h)?((?<m>[0-9]{1,6})m)?((?<s>[0-9]{1,6})s)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex UnitParts();
}
