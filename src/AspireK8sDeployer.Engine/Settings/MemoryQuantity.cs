using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>An amount of memory, as people write it and as Kubernetes does.</summary>
internal static partial class MemoryQuantity
{
    /// <summary>What container runtimes need to begin at all.</summary>
    public const long Least = 4 * Mebi;

    private const long Mebi = 1L << 20;
    private const long Gibi = 1L << 30;

    /// <summary>Reads bytes from <c>4GB</c>, <c>1.5GiB</c>, <c>512Mi</c>, <c>2G</c> or <c>1073741824</c>; a part of a byte is a byte.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var match = Quantity().Match(text.Trim());
        if (!match.Success || Scale(match.Groups["unit"].Value) is not { } scale)
        {
            return false;
        }

        if (!decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        try
        {
            bytes = decimal.ToInt64(decimal.Ceiling(number * scale));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary><c>Gi</c> when exact, else <c>Mi</c> rounded up: never less than was asked for.</summary>
    public static string Format(long bytes)
    {
        if (bytes % Gibi == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibi}Gi");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(bytes / Mebi) + (bytes % Mebi == 0 ? 0 : 1)}Mi");
    }

    /// <summary>The same, of text that the validator has let through.</summary>
    public static string Format(string text) =>
        TryParse(text, out var bytes) ? Format(bytes) : throw new ArgumentException($"'{text}' is not an amount of memory.", nameof(text));

    // "m" is Kubernetes for a thousandth and nobody means it: it is left out, and the message names M.
    private static decimal? Scale(string unit) => unit switch
    {
        "" or "B" => 1m,
        "k" or "K" or "KB" or "kB" => 1e3m,
        "M" or "MB" => 1e6m,
        "G" or "GB" => 1e9m,
        "T" or "TB" => 1e12m,
        "P" or "PB" => 1e15m,
        "E" => 1e18m,
        "Ki" or "KiB" => 1L << 10,
        "Mi" or "MiB" => 1L << 20,
        "Gi" or "GiB" => 1L << 30,
        "Ti" or "TiB" => 1L << 40,
        "Pi" or "PiB" => 1L << 50,
        "Ei" => 1L << 60,
        _ => null,
    };

    [GeneratedRegex(@"\A(?<number>(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?) ?(?<unit>[A-Za-z]*)\z", RegexOptions.ECMAScript)]
    private static partial Regex Quantity();
}
