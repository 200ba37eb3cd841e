using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.Hosting.Tests.Output;

/// <summary>A terminal of a few lines that understands what a live display needs: line ends, a cursor that goes up, and clearing.</summary>
internal sealed class Screen(int width) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly List<StringBuilder> _rows = [new()];
    private readonly StringBuilder _escape = new();
    private int _row;
    private int _column;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What can be read on it, and all that has scrolled off.</summary>
    public string Text => string.Join('\n', _rows.Select(row => row.ToString().TrimEnd())).TrimEnd('\n');

    public override void Write(char value)
    {
        if (_escape.Length > 0 || value == '\e')
        {
            _escape.Append(value);
            if (char.IsAsciiLetter(value))
            {
                Obey(_escape.ToString());
                _escape.Clear();
            }

            return;
        }

        switch (value)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                Down();
                break;
            default:
                if (_column == width)
                {
                    Down();
                }

                var row = _rows[_row];
                row.Append(' ', Math.Max(0, _column + 1 - row.Length));
                row[_column++] = value;
                break;
        }
    }

    private void Down()
    {
        (_row, _column) = (_row + 1, 0);
        if (_row == _rows.Count)
        {
            _rows.Add(new StringBuilder());
        }
    }

    private void Obey(string escape)
    {
        if (escape.EndsWith('A'))
        {
            _row = Math.Max(0, _row - int.Parse(escape[2..^1], CultureInfo.InvariantCulture));
        }
        else if (escape == "\e[J")
        {
            _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
            _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
        }
        else
        {
            throw new NotSupportedException(escape.Replace("\e", "ESC", StringComparison.Ordinal));
        }
    }
}
