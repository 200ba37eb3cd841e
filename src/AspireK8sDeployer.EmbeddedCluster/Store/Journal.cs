namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>
/// What was written, one line a change, so that a process that is killed at any moment loses nothing that it has answered.
/// </summary>
/// <remarks>
/// A line reaches the operating system before the answer goes out; it survives the process, not a power cut. A last line that
/// was only half written is cut off when the file is opened. When the file has grown to several times what is stored, it is
/// rewritten beside itself and put in place by renaming. If that fails, the file that there is stays in use.
/// </remarks>
internal sealed class Journal : IDisposable
{
    private const int LinesBeforeCompaction = 20_000;
    private const long BytesBeforeCompaction = 64 << 20;

    private readonly string _path;
    private FileStream _file;
    private int _lines;
    private long _bytes;
    private long _live;

    private Journal(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>What was in the file when it was opened: the last line of each object.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; private set; } = [];

    /// <summary>Whether much was written since the file held only what is stored: many lines, or as many bytes again.</summary>
    public bool IsLong => _lines >= LinesBeforeCompaction || _bytes >= Math.Max(BytesBeforeCompaction, _live);

    public static Journal Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "journal.jsonl");
        var latest = new Dictionary<(string, string, string, string), JournalEntry>();
        var whole = 0L;
        var lines = 0;
        if (File.Exists(path))
        {
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            foreach (var line in JournalLines.Read(content))
            {
                // A line that cannot be read costs that line, never those after it.
                if (JournalEntry.Parse(line) is { } entry)
                {
                    // Without the version: the one in which custom resources are stored may change.
                    latest[(entry.Group, entry.Plural, entry.Namespace, entry.Name)] = entry;
                }

                lines++;
                whole += line.Length + 1;
            }
        }

        var file = OpenFile(path, FileMode.OpenOrCreate);
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        var live = latest.Values.Sum(entry => (long)(entry.Json?.Length ?? 0));
        return new Journal(path, file)
        {
            Entries = [.. latest.Values.OrderBy(entry => entry.Version)],
            _lines = lines,
            _bytes = whole - live,
            _live = live,
        };
    }

    /// <summary>Lets go of <see cref="Entries"/>, once they are stored.</summary>
    public void Forget() => Entries = [];

    public void Put(StoredObject obj) => Append(EntryOf(obj, obj.Json));

    public void Remove(StoredObject last) => Append(EntryOf(last, null));

    /// <summary>Rewrites the file with what is stored now. When it cannot, it is next tried after as much again.</summary>
    public void Compact(long version, IEnumerable<StoredObject> objects, IEnumerable<JournalEntry> pending)
    {
        // Lines that are objects are not waste: count only what comes after.
        (_lines, _bytes) = (0, 0);
        var rewritten = _path + ".new";
        var file = OpenFile(rewritten, FileMode.Create);
        try
        {
            var buffer = new BufferedStream(file, 1 << 16);
            foreach (var entry in objects.Select(obj => EntryOf(obj, obj.Json)).Concat(pending).Append(Marker(version)))
            {
                buffer.Write(entry.ToLine());
                buffer.WriteByte((byte)'\n');
            }

            buffer.Flush();
            File.Move(rewritten, _path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _live = file.Position;
        _file.Dispose();
        _file = file;
    }

    public void Dispose() => _file.Dispose();

    private static JournalEntry EntryOf(StoredObject obj, byte[]? json) => new(
        obj.Version, obj.Resource.Group, obj.Resource.Version, obj.Resource.Plural, obj.Namespace, obj.Name, json);

    // Keeps the counter when the last changes were deletions, whose lines compaction drops.
    private static JournalEntry Marker(long version) => new(version, "", "v1", "namespaces", "", "", null);

    private static FileStream OpenFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            // Only for their owner's eyes: Secrets are in it.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private void Append(JournalEntry entry)
    {
        var length = _file.Position;
        try
        {
            // One write call a line: a kill leaves a whole line, none, or a cut one, never two mixed.
            _file.Write([.. entry.ToLine(), (byte)'\n']);
            _lines++;
            _bytes += _file.Position - length;
        }
        catch (IOException)
        {
            // A full disk: the change is refused, and what was written of it must not spoil the next line.
            _file.SetLength(length);
            throw;
        }
    }
}
