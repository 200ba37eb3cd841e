using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Times in bodies: RFC 3339, answered in UTC to the second, or to the microsecond where the kind has that.</summary>
internal static class Timestamp
{
    private const string Seconds = "2006-01-02T15:04:05Z07:00";
    private const string Micros = "2006-01-02T15:04:05.000000Z07:00";

    private static readonly string[] DateAndTime = ["2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"];
    private static readonly string[] Names = ["year", "", "month", "", "day", "", "hour", "", "minute", "", "second"];

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string FormatMicro(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time as the server answers it.</summary>
    /// <exception cref="DecodeException">The text is not a time.</exception>
    public static string Normalize(string text, bool micro)
    {
        Check(text, micro ? Micros : Seconds, micro);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw new DecodeException($"parsing time \"{text}\": day out of range");
        }

        return micro ? FormatMicro(time) : Format(time);
    }

    private static void Check(string text, string layout, bool micro)
    {
        var at = 0;
        for (var part = 0; part < DateAndTime.Length; part++)
        {
            var wanted = DateAndTime[part];
            var found = text.AsSpan(at, Math.Min(wanted.Length, text.Length - at));
            var fits = wanted.Length > 1 ? found.Length == wanted.Length && found.IndexOfAnyExceptInRange('0', '9') < 0 : found.SequenceEqual(wanted);
            if (!fits)
            {
                throw Cannot(at, wanted);
            }

            if (wanted.Length == 2 && !InRange(part, int.Parse(found, CultureInfo.InvariantCulture)))
            {
                throw new DecodeException($"parsing time \"{text}\": {Names[part]} out of range");
            }

            at += wanted.Length;
        }

        if (at < text.Length && text[at] == '.')
        {
            var digits = text.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - at - 1 : digits;
            if (digits == 0 || (micro && digits != 6))
            {
                throw Cannot(at, micro ? ".000000" : "Z07:00");
            }

            at += 1 + digits;
        }
        else if (micro)
        {
            throw Cannot(at, ".000000");
        }

        var zone = text[at..];
        var valid = zone is "Z" or [('+' or '-'), _, _, ':', _, _]
            && TimeSpan.TryParseExact(zone is "Z" ? "00:00" : zone[1..], "hh\\:mm", CultureInfo.InvariantCulture, out _);
        if (valid)
        {
            return;
        }

        throw zone.StartsWith('Z') ? new DecodeException($"parsing time \"{text}\": extra text: \"{zone[1..]}\"") : Cannot(at, "Z07:00");

        DecodeException Cannot(int from, string element) =>
            new($"parsing time \"{text}\" as \"{layout}\": cannot parse \"{text[from..]}\" as \"{element}\"");
    }

    private static bool InRange(int part, int value) => part switch
    {
        2 => value is >= 1 and <= 12,
        4 => value is >= 1 and <= 31,
        6 => value < 24,
        _ => value < 60,
    };
}
