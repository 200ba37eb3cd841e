using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Reads whole lines of the files of a log, of which the last may still grow.</summary>
internal sealed class LogReader(IEnumerable<FileStream> files) : IDisposable
{
    private readonly List<FileStream> _files = [.. files];
    private readonly List<byte> _line = [];
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _next;
    private int _end;

    /// <summary>Goes on with this file when those before it have been read.</summary>
    public void Append(FileStream file) => _files.Add(file);

    /// <summary>Leaves out all but the last lines, without reading what is before them.</summary>
    public void SkipToLast(long count)
    {
        for (var i = _files.Count - 1; i >= 0; i--)
        {
            if (StartOfLast(_files[i], ref count) is { } start)
            {
                _files[i].Position = start;
                _files[..i].ForEach(file => file.Dispose());
                _files.RemoveRange(0, i);
                return;
            }

            _files[i].Position = 0;
        }
    }

    public LogEntry? TryRead()
    {
        while (true)
        {
            if (_next == _end && !Fill())
            {
                return null;
            }

            var rest = _buffer.AsSpan(_next, _end - _next);
            var newline = rest.IndexOf((byte)'\n');
            _line.AddRange(newline < 0 ? rest : rest[..newline]);
            _next += newline < 0 ? rest.Length : newline + 1;
            if (newline < 0)
            {
                continue;
            }

            var entry = LogEntry.Parse(Encoding.UTF8.GetString(_line.ToArray()));
            _line.Clear();
            if (entry is not null)
            {
                return entry;
            }
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    /// <summary>Where the last lines of a file begin; null, and fewer left to find, when it holds no more than them.</summary>
    private long? StartOfLast(FileStream file, ref long count)
    {
        var begin = file.Length;
        while (begin > 0)
        {
            var length = (int)Math.Min(begin, _buffer.Length);
            begin -= length;
            file.Position = begin;
            file.ReadExactly(_buffer, 0, length);
            for (var i = length - 1; i >= 0; i--)
            {
                // The end of the line before, when enough have been passed.
                if (_buffer[i] == '\n' && count-- == 0)
                {
                    return begin + i + 1;
                }
            }
        }

        return null;
    }

    private bool Fill()
    {
        while (_files.Count > 0)
        {
            _next = 0;
            _end = _files[0].Read(_buffer);
            if (_end > 0)
            {
                return true;
            }

            if (_files.Count == 1)
            {
                break;
            }

            _files[0].Dispose();
            _files.RemoveAt(0);
        }

        return false;
    }
}
