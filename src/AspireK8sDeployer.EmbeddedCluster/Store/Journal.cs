namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>
/// What was written, one line a change, so that a process that is killed at any moment loses nothing that it has answered.
/// </summary>
/// <remarks>
/// A line reaches the operating system before the answer goes out; it survives the process, not a power cut. A last line that
/// was only half written is cut off when the file is opened. When the file has grown to several times what is stored, it is
/// rewritten beside itself and put in place by renaming.
/// </remarks>
internal sealed class Journal : IDisposable
{
    private const int LinesBeforeCompaction = 20_000;

    private readonly string _path;
    private FileStream _file;
    private int _lines;

    private Journal(string path, FileStream file, IReadOnlyList<JournalEntry> entries, int lines)
    {
        _path = path;
        _file = file;
        Entries = entries;
        _lines = lines;
    }

    /// <summary>What was in the file when it was opened: the last line of each object.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; private set; }

    public bool IsLong => _lines >= LinesBeforeCompaction;

    public static Journal Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "journal.jsonl");
        var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var latest = new Dictionary<(string, string, string, string, string), JournalEntry>();
        var whole = 0;
        var lines = 0;
        for (int length; (length = content.AsSpan(whole).IndexOf((byte)'\n')) >= 0; whole += length + 1)
        {
            // A line that cannot be read costs that line, never those after it.
            if (JournalEntry.Parse(content.AsMemory(whole, length)) is { } entry)
            {
                latest[(entry.Group, entry.ApiVersion, entry.Plural, entry.Namespace, entry.Name)] = entry;
            }

            lines++;
        }

        var file = OpenFile(path, FileMode.OpenOrCreate, bufferSize: 0);
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        return new Journal(path, file, [.. latest.Values.OrderBy(entry => entry.Version)], lines);
    }

    public void Put(StoredObject obj) => Append(EntryOf(obj, obj.Json));

    public void Remove(StoredObject last) => Append(EntryOf(last, null));

    /// <summary>Rewrites the file with what is stored now.</summary>
    public void Compact(long version, IEnumerable<StoredObject> objects, IEnumerable<JournalEntry> pending)
    {
        var rewritten = _path + ".new";
        var file = OpenFile(rewritten, FileMode.Create, bufferSize: 1 << 16);
        foreach (var entry in objects.Select(obj => EntryOf(obj, obj.Json)).Concat(pending).Append(Marker(version)))
        {
            file.Write(entry.ToLine());
            file.WriteByte((byte)'\n');
        }

        file.Flush();
        file.Dispose();
        _file.Dispose();
        File.Move(rewritten, _path, overwrite: true);
        _file = OpenFile(_path, FileMode.Append, bufferSize: 0);

        // Lines that are objects are not waste: count only what comes after.
        _lines = 0;
    }

    public void Dispose() => _file.Dispose();

    private static JournalEntry EntryOf(StoredObject obj, byte[]? json) => new(
        obj.Version, obj.Resource.Group, obj.Resource.Version, obj.Resource.Plural, obj.Namespace, obj.Name, json);

    // Keeps the counter when the last changes were deletions, whose lines compaction drops.
    private static JournalEntry Marker(long version) => new(version, "", "v1", "namespaces", "", "", null);

    private static FileStream OpenFile(string path, FileMode mode, int bufferSize)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = bufferSize };
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
        }
        catch (IOException)
        {
            // A full disk: the change is refused, and what was written of it must not spoil the next line.
            _file.SetLength(length);
            throw;
        }
    }
}
