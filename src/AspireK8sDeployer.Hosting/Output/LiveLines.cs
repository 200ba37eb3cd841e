using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.Hosting.Output;

/// <summary>What is waited for at the moment, as a few lines that fit a terminal. Pure.</summary>
internal sealed class LiveLines
{
    private const int Most = 5;
    private const char More = '…';

    private readonly List<(string Name, string Text, DateTimeOffset Begun)> _items = [];

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Says what is waited for; the time is that of the first thing which that name waited for.</summary>
    public void Show(string name, string text, DateTimeOffset now)
    {
        var at = _items.FindIndex(item => item.Name == name);
        if (at < 0)
        {
            _items.Add((name, Printable(text), now));
        }
        else if (!IsReminder(Printable(text), _items[at].Text))
        {
            _items[at] = _items[at] with { Text = Printable(text) };
        }
    }

    public void Remove(string name) => _items.RemoveAll(item => item.Name == name);

    /// <summary>The lines, none of which fills the width: at the edge, terminals differ.</summary>
    public IReadOnlyList<string> Lines(int width, DateTimeOffset now)
    {
        var shown = _items.Count <= Most ? _items : _items[..(Most - 1)];
        var names = shown.Count == 0 ? 0 : shown.Max(item => Width(item.Name));
        var times = shown.ConvertAll(item => Elapsed(now - item.Begun));
        var longest = times.Count == 0 ? 0 : times.Max(time => time.Length);
        var lines = shown.Select((item, at) => $"{item.Name}{Spaces(names - Width(item.Name))}  {times[at].PadLeft(longest)}  {item.Text}").ToList();
        if (_items.Count > shown.Count)
        {
            lines.Add($"and {_items.Count - shown.Count} more");
        }

        return [.. lines.Select(line => Fit(line, width - 1))];
    }

    /// <summary>How many columns a text takes.</summary>
    internal static int Width(string text) => text.EnumerateRunes().Sum(Width);

    // Said again, with how long it has been so: a line has its own clock.
    private static bool IsReminder(string text, string shown) => text.StartsWith($"{shown} (for ", StringComparison.Ordinal);

    private static string Elapsed(TimeSpan time) => time.TotalMinutes >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)time.TotalSeconds)} s");

    // What comes out of a cluster could move the cursor, or more.
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));

    private static string Fit(string line, int columns)
    {
        if (Width(line) <= columns)
        {
            return line;
        }

        var fitting = new StringBuilder();
        var taken = 1;
        foreach (var rune in line.EnumerateRunes())
        {
            taken += Width(rune);
            if (taken > columns)
            {
                break;
            }

            fitting.Append(rune);
        }

        return columns < 1 ? "" : fitting.Append(More).ToString();
    }

    // The scripts whose signs are two columns wide, and what joins the sign before it.
    private static int Width(Rune rune) => rune.Value switch
    {
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };

    private static string Spaces(int count) => new(' ', Math.Max(0, count));
}
