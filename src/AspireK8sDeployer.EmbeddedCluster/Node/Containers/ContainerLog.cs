using System.Globalization;
using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// The output of one run of a container, line by line with the time it was written, in the form that container runtimes
/// keep it: <c>TIME stdout F text</c>.
/// </summary>
internal sealed class ContainerLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private TaskCompletionSource _grown = NewSignal();

    public ContainerLog(string path, TimeProvider time)
    {
        Path = path;
        _time = time;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    public string Path { get; }

    public bool IsComplete { get; private set; }

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

    /// <summary>Copies a container's output until its end. Blocks: one thread per container, since a pipe cannot be read otherwise.</summary>
    public void CopyFrom(Stream output)
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

        Complete();
    }

    public void Dispose() => Complete();

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

            _file.Write(entry);
            _grown.SetResult();
            _grown = NewSignal();
        }
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
