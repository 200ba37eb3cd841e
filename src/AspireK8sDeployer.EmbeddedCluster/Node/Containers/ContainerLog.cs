using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// The output of one run of a container, line by line with the time it was written, in the form that container runtimes
/// keep it: <c>TIME stdout F text</c>. The file that has become too long is kept as the earlier part until the next one has.
/// </summary>
internal sealed class ContainerLog : IDisposable
{
    private const long MaximumLength = 10 * 1024 * 1024; // the kubelet's

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _maximumLength;
    private FileStream _file;
    private TaskCompletionSource _grown = NewSignal();

    public ContainerLog(string path, TimeProvider time, long maximumLength = MaximumLength)
    {
        Path = path;
        _time = time;
        _maximumLength = maximumLength;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _file = Create(path);
    }

    public string Path { get; }

    public bool IsComplete { get; private set; }

    /// <summary>How many parts came before the current file.</summary>
    public int EarlierParts { get; private set; }

    /// <summary>Ends with the next line, or when there will be none.</summary>
    public Task Grown
    {
        get
        {
            lock (_gate)
            {
                return IsComplete ? Task.CompletedTask : _grown.Task;
            }
        }
    }

    /// <summary>Opens what is kept of a log that does not grow any more.</summary>
    public static IReadOnlyList<FileStream> Open(string path) =>
        [.. ((string[])[Earlier(path), path]).Where(File.Exists).Select(OpenFile)];

    /// <summary>Opens what is kept.</summary>
    public IReadOnlyList<FileStream> Open(out int earlierParts)
    {
        lock (_gate)
        {
            earlierParts = EarlierParts;
            return Open(Path);
        }
    }

    /// <summary>Opens the current file.</summary>
    public FileStream OpenLast(out int earlierParts)
    {
        lock (_gate)
        {
            earlierParts = EarlierParts;
            return OpenFile(Path);
        }
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(Earlier(path));
    }

    /// <summary>Copies a container's output until its end. Blocks: one thread per container, since a pipe cannot be read otherwise.</summary>
    public void CopyFrom(Stream output)
    {
        try
        {
            CopyLines(output);
        }
        finally
        {
            Complete();
        }
    }

    public void Dispose() => Complete();

    private static string Earlier(string path) => path + ".1";

    private static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static int Read(Stream output, byte[] buffer)
    {
        try
        {
            return output.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void CopyLines(Stream output)
    {
        var buffer = new byte[16 * 1024];
        var line = new MemoryStream();
        int read;
        while ((read = Read(output, buffer)) > 0)
        {
            var rest = buffer.AsSpan(0, read);
            int end;
            while ((end = rest.IndexOf((byte)'\n')) >= 0)
            {
                line.Write(rest[..end]);
                Append(line, complete: true);
                rest = rest[(end + 1)..];
            }

            line.Write(rest);
            if (line.Length >= buffer.Length)
            {
                Append(line, complete: false);
            }
        }

        if (line.Length > 0)
        {
            Append(line, complete: false);
        }
    }

    private void Append(MemoryStream line, bool complete)
    {
        var time = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
        byte[] entry = [.. Encoding.ASCII.GetBytes($"{time} stdout {(complete ? 'F' : 'P')} "), .. line.GetBuffer().AsSpan(0, (int)line.Length), (byte)'\n'];
        line.SetLength(0);

        lock (_gate)
        {
            if (IsComplete)
            {
                return;
            }

            try
            {
                Write(entry);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The line is lost, for want of disk space mostly; the container would stand still if nobody read on.
            }

            _grown.SetResult();
            _grown = NewSignal();
        }
    }

    private void Write(byte[] entry)
    {
        if (_file.Length > 0 && _file.Length + entry.Length > _maximumLength)
        {
            // The new file is there before anything is given up for it.
            var next = Create(Path + "~");
            File.Move(Path, Earlier(Path), overwrite: true);
            File.Move(Path + "~", Path);
            _file.Dispose();
            _file = next;
            EarlierParts++;
        }

        _file.Write(entry);
    }

    private void Complete()
    {
        lock (_gate)
        {
            if (!IsComplete)
            {
                IsComplete = true;
                _file.Dispose();
                _grown.SetResult();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
