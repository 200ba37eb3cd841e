namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>A container that was started: its process, everything that process started, and its log.</summary>
internal sealed class ContainerProcess : IDisposable
{
    /// <summary>Where the outer process of a namespace writes what went wrong with itself.</summary>
    public const string ComplaintsFile = "complaints";

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly System.Diagnostics.Process _process;
    private readonly Isolation _isolation;
    private readonly Task _output;
    private readonly TimeProvider _time;
    private readonly long? _startTime;

    public ContainerProcess(
        ContainerSpec spec, ContainerFiles files, System.Diagnostics.Process process, Isolation isolation, ContainerLog log, TimeProvider time)
    {
        Spec = spec;
        Files = files;
        Log = log;
        _process = process;
        _isolation = isolation;
        _time = time;
        _startTime = ProcessIds.StartTime(process.Id);
        StartedAt = time.GetUtcNow();

        var output = process.StandardOutput.BaseStream;
        _output = Task.Factory.StartNew(
            () => log.CopyFrom(output), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Exit = WaitAsync();
    }

    public ContainerSpec Spec { get; }

    public ContainerFiles Files { get; }

    public ContainerLog Log { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>How it ended; its log is complete then.</summary>
    public Task<ContainerExit> Exit { get; }

    /// <summary>Whether the memory limit was the end of it.</summary>
    public bool ExceededMemory { get; private set; }

    /// <summary>The process of the container itself, as this machine counts; null while it is being started.</summary>
    public int? MainProcess => _isolation == Isolation.None ? _process.Id : ProcessIds.ChildrenOf(_process.Id) is [var child, ..] ? child : null;

    /// <summary>
    /// Asks the container's first process to end. False when that would be lost: the first process of a namespace
    /// gets no signal that it does not handle, and one that is just starting handles none yet.
    /// </summary>
    public bool Terminate() =>
        IsOurs() && MainProcess is { } main
        && (_isolation == Isolation.None || ProcessIds.Handles(main, Signals.Terminate))
        && Signals.Send(main, Signals.Terminate);

    /// <summary>Waits until the container's own program is reached and what it sees is in place; false when it ended before.</summary>
    public async Task<bool> StartedAsync(CancellationToken cancellationToken)
    {
        while (!Exit.IsCompleted)
        {
            if (_isolation == Isolation.None || (MainProcess is { } main && ProcessIds.HasRootOfItsOwn(main)))
            {
                return true;
            }

            await Task.WhenAny(Exit, Task.Delay(Look, _time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return false;
    }

    /// <summary>Ends every process of the container at once.</summary>
    public void Kill()
    {
        if (_isolation == Isolation.None)
        {
            foreach (var pid in Members())
            {
                Signals.Send(pid, Signals.Kill);
            }
        }
        else if (IsOurs())
        {
            // The first process of a namespace takes all others with it; the outer one is killed as it may not have forked yet.
            // An id may have been given to another process since; the start time tells.
            _ = (MainProcess is { } main && Signals.Send(main, Signals.Kill)) || Signals.Send(_process.Id, Signals.Kill);
        }
    }

    public void KillForMemory()
    {
        ExceededMemory = true;
        Kill();
    }

    /// <summary>Every process of the container.</summary>
    public IReadOnlyList<int> Members() => _isolation == Isolation.None
        ? [.. ProcessIds.All().Where(pid => ProcessIds.HasEnvironment(pid, ContainerRuntime.MarkerOf(Spec.Id)))]
        : IsOurs() ? Descendants(_process.Id) : [];

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        Log.Dispose();
    }

    private static List<int> Descendants(int pid)
    {
        var found = new List<int>();
        var pending = new Queue<int>(ProcessIds.ChildrenOf(pid));
        while (pending.TryDequeue(out var child))
        {
            found.Add(child);
            foreach (var grandchild in ProcessIds.ChildrenOf(child))
            {
                pending.Enqueue(grandchild);
            }
        }

        return found;
    }

    /// <summary>
    /// As the container's process ended. unshare passes that on by ending in the same way, but for SIGKILL: that one it fails
    /// to give itself, complains, and ends with 1.
    /// </summary>
    private int ExitCode()
    {
        var complaints = new FileInfo(Path.Combine(Spec.Directory, ComplaintsFile));
        return _isolation != Isolation.None && _process.ExitCode == 1 && complaints is { Exists: true, Length: > 0 } ? 128 + Signals.Kill : _process.ExitCode;
    }

    private bool IsOurs() => !Exit.IsCompleted && ProcessIds.StartTime(_process.Id) is { } started && started == _startTime;

    private async Task<ContainerExit> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        var exitCode = ExitCode();
        var finished = _time.GetUtcNow();

        if (_isolation == Isolation.None)
        {
            // Without a process namespace the end of the first process is not yet that of the others.
            foreach (var pid in Members())
            {
                Signals.Send(pid, Signals.Kill);
            }
        }

        await Task.WhenAny(_output, Task.Delay(DrainTimeout, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        var started = _isolation == Isolation.None || File.Exists(Path.Combine(Spec.Directory, LaunchScript.StartedFile));
        return new ContainerExit(exitCode, finished, started, ExceededMemory);
    }
}
