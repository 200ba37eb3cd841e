using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.Hosting.Output;

/// <summary>
/// Keeps a few lines at the end of a terminal up to date, while others write to it: their lines come before ours.
/// </summary>
/// <remarks>
/// Whoever writes to the terminal has to do so through <see cref="Writer"/>: that takes our lines away, writes, and puts them
/// back. Nothing but the position of the cursor is remembered, so that scrolling, and lines of others, may be of any length.
/// </remarks>
internal sealed class LiveConsole : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly TextWriter _terminal;
    private readonly Func<int> _width;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly LiveLines _lines = new();

    private IReadOnlyList<string> _drawn = [];
    private bool _isMidLine;

    public LiveConsole(TextWriter terminal, Func<int> width, TimeProvider time)
    {
        (_terminal, _width, _time) = (terminal, width, time);
        _timer = time.CreateTimer(_ => Redraw(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes to the terminal, or to another stream that ends there.</summary>
    public TextWriter Writer(TextWriter stream) => new Before(this, stream);

    /// <summary>Shows what a name waits for now.</summary>
    public void Show(string name, string text) => Change(() => _lines.Show(name, text, _time.GetUtcNow()));

    /// <summary>It waits for nothing any more.</summary>
    public void Remove(string name) => Change(() => _lines.Remove(name));

    public void Dispose()
    {
        _timer.Dispose();
        var width = _width();
        lock (_lock)
        {
            Erase(width);
        }
    }

    private void Change(Action change)
    {
        // Before the lock, here and below: the console may take one of its own for it, which whoever writes to it holds.
        var width = _width();
        lock (_lock)
        {
            change();
            _timer.Change(_lines.IsEmpty ? Timeout.InfiniteTimeSpan : Tick, Tick);
            Draw(width);
        }
    }

    private void Redraw()
    {
        var width = _width();
        lock (_lock)
        {
            Draw(width);
        }
    }

    private void Write(TextWriter stream, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        var width = _width();
        lock (_lock)
        {
            Erase(width);
            stream.Write(text);
            stream.Flush();
            _isMidLine = !text.EndsWith('\n');
            Draw(width);
        }
    }

    private void Draw(int width)
    {
        var wanted = _isMidLine ? [] : _lines.Lines(width, _time.GetUtcNow());
        if (wanted.SequenceEqual(_drawn))
        {
            return;
        }

        // In one piece: what is erased and drawn in two is seen to flicker.
        var text = new StringBuilder().Append(Erasing(width));
        foreach (var line in wanted)
        {
            text.Append(line).Append('\n');
        }

        _drawn = wanted;
        Send(text.ToString());
    }

    private void Erase(int width)
    {
        Send(Erasing(width));
        _drawn = [];
    }

    // A terminal that was made narrower has broken our lines.
    private string Erasing(int width)
    {
        var rows = _drawn.Sum(line => Math.Max(1, (LiveLines.Width(line) + width - 1) / Math.Max(1, width)));
        return rows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\r\e[{rows}A\e[J");
    }

    private void Send(string text)
    {
        if (text.Length > 0)
        {
            _terminal.Write(text);
            _terminal.Flush();
        }
    }

    private sealed class Before(LiveConsole console, TextWriter stream) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => stream.Encoding;

        public override void Write(char value) => console.Write(stream, value.ToString());

        public override void Write(char[] buffer, int index, int count) => console.Write(stream, new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => console.Write(stream, buffer.ToString());

        public override void Write(string? value) => console.Write(stream, value ?? "");

        // In one piece, or the line would be drawn over between its text and its end.
        public override void WriteLine() => console.Write(stream, stream.NewLine);

        public override void WriteLine(string? value) => console.Write(stream, value + stream.NewLine);

        public override void WriteLine(ReadOnlySpan<char> buffer) => console.Write(stream, string.Concat(buffer, stream.NewLine));

        public override void Flush() => stream.Flush();
    }
}
