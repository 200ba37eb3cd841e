using System.Net;
using System.Threading.Channels;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Node.Probes;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>
/// Runs one pod on the node from its binding to its end, like the kubelet's worker of a pod: everything that happens to it
/// wakes one loop, which does what is to be done next and writes the status.
/// </summary>
internal sealed partial class PodWorker : IAsyncDisposable
{
    private static readonly TimeSpan VolumeRefresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastVolumeRetry = TimeSpan.FromSeconds(122);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(10);

    private readonly NodeContext _node;
    private readonly Channel<Action> _signals = Channel.CreateUnbounded<Action>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _deleted = new();
    private readonly ContainerStarter _starter;
    private readonly ContainerProbes _probes;
    private readonly string _directory;
    private readonly PodVolumes _volumes;
    private readonly DateTime _startTime;
    private readonly Task _loop;
    private V1Pod _pod;
    private (string Reason, string Message)? _failure;
    private bool _hasFailed;
    private int _disposed;
    private IPAddress? _address;
    private bool _volumesReady;
    private DateTimeOffset? _volumesDue;
    private TimeSpan _volumeRetry;

    public PodWorker(NodeContext node, V1Pod pod)
    {
        _node = node;
        _pod = pod;
        _directory = DirectoryOf(node, pod.Metadata.Uid);
        _starter = new ContainerStarter(node, _directory);
        _probes = new ContainerProbes(node, Signal);
        _volumes = new PodVolumes(pod, Path.Combine(_directory, "volumes"), node.VolumeContent);
        _startTime = pod.Status?.StartTime ?? KubernetesTime.Truncate(node.Time.GetUtcNow());
        Containers = ContainerRecords.Create(pod, node.BackOff, node.Time.GetUtcNow());

        // A real one's half a second beside its 10 s.
        _volumeRetry = node.BackOff / 20;
        _loop = Task.Run(RunAsync);
    }

    public IReadOnlyList<ContainerRecord> Containers { get; }

    public V1Pod Pod => _pod;

    public static string DirectoryOf(NodeContext node, string uid) => Path.Combine(node.StateDirectory, "pods", uid);

    /// <summary>Tells the pod's new state, a deletion among others.</summary>
    public void Update(V1Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            _deleted.Cancel(); // also ends a pull that still goes on
        }

        Signal(() => _pod = pod);
    }

    /// <summary>The object is gone, by force or as this worker let it go: the containers have the grace period all the same.</summary>
    public Task EndAsync()
    {
        _deleted.Cancel();
        return _loop;
    }

    /// <summary>Ends the processes at once.</summary>
    public void Kill()
    {
        _stop.Cancel();
        _deleted.Cancel();
    }

    /// <summary>Looks whether the pod may stay on this node.</summary>
    public void LookAfterStorage()
    {
        if (!_deleted.IsCancellationRequested && StorageWatch.Excess(_pod, Containers, Path.Combine(_directory, "volumes")) is { } excess)
        {
            Signal(() => _failure ??= ("Evicted", excess));
        }
    }

    /// <summary>Something that the pod refers to has changed.</summary>
    public void Refresh() => Signal(() =>
    {
        _volumesDue = null;
        foreach (var container in Containers.Where(container => container.State is ContainerState.Waiting { Reason: "CreateContainerConfigError" }))
        {
            container.RetryAt = null;
        }
    });

    /// <summary>Ends the pod's processes at once; its object stays, for the next start of the node.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _loop.ConfigureAwait(false);
            return;
        }

        Kill();
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _deleted.Dispose();
    }

    private void Signal(Action action) => _signals.Writer.TryWrite(action);

    private async Task RunAsync()
    {
        try
        {
            if (!PodState.IsTerminal(_pod))
            {
                await LiveAsync().ConfigureAwait(false);
            }

            if (!_stop.IsCancellationRequested)
            {
                await DieAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops, or the object is gone.
        }
        catch (Exception e)
        {
            LogFailed(_node.Logger, ObjectKey.Of(_pod), e);
        }
        finally
        {
            await CleanUpAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Until the pod is told to go.</summary>
    private async Task LiveAsync()
    {
        try
        {
            // That it is on its way is a state that observers count on, and that a quick start would skip.
            await InsistAsync(
                () =>
                {
                    WriteStatus();
                    return Task.CompletedTask;
                },
                _deleted.Token).ConfigureAwait(false);
            while (!_deleted.IsCancellationRequested)
            {
                await InsistAsync(LookAsync, _deleted.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_deleted.IsCancellationRequested)
        {
            // On to its end.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            if (_failure is null)
            {
                await SyncAsync(_deleted.Token).ConfigureAwait(false);
            }
            else if (!_hasFailed)
            {
                await EvictAsync(_failure.Value).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WriteStatus(); // as far as it came
            throw;
        }

        WriteStatus();
        await WaitAsync(NextDue(), _deleted.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Does a step until it succeeds, whatever goes wrong with it: no other worker comes for a pod whose worker has ended,
    /// and most troubles pass (a full disk, no address left, a status that is refused).
    /// </summary>
    private async Task InsistAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        for (var pause = FirstRetry; ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LastRetry.Ticks)))
        {
            try
            {
                await step().ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !(cancellationToken.IsCancellationRequested || _stop.IsCancellationRequested))
            {
                LogRetry(_node.Logger, ObjectKey.Of(_pod), e.Message, e is ApiException ? null : e);
            }

            await Task.Delay(pause, _node.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        if (new PodStatusBuilder(_pod, Containers).Phase() is "Succeeded" or "Failed")
        {
            return;
        }

        _address ??= TakeAddress();
        if (!UpdateVolumes())
        {
            return;
        }

        if (!await StartInitContainersAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var container in Containers.Where(container => !container.IsInit))
        {
            if (IsDue(container) && MayRestart(container))
            {
                await StartAsync(container, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One after the other; true when all are done, or run on as sidecars.</summary>
    private async Task<bool> StartInitContainersAsync(CancellationToken cancellationToken)
    {
        foreach (var container in Containers.Where(container => container.IsInit))
        {
            if (container.IsSidecar)
            {
                if (IsDue(container))
                {
                    await StartAsync(container, cancellationToken).ConfigureAwait(false);
                }

                if (!container.Started && !Containers.Any(other => !other.IsInit && other.Attempts > 0))
                {
                    return false;
                }
            }
            else if (!container.HasSucceeded)
            {
                if (IsDue(container) && (container.State is not ContainerState.Terminated || _pod.Spec.RestartPolicy != "Never"))
                {
                    await StartAsync(container, cancellationToken).ConfigureAwait(false);
                }

                return false;
            }
        }

        return true;
    }

    private async Task StartAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        if (!await _starter.StartAsync(_pod, container, _volumes, _address!.ToString(), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var process = container.Process!;
        _ = process.Exit.ContinueWith(
            exit => Signal(() => OnExit(container, process, exit.Result)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        // While a hook is under way nobody sees that the container runs, nor looks whether it is well.
        await new LifecycleHooks(_node, _pod, _address.ToString()).PostStartAsync(container, cancellationToken).ConfigureAwait(false);
        if (container.IsRunning)
        {
            _probes.Start(_pod, container, _address.ToString(), KillUnhealthy);
        }

        WriteStatus();
    }

    private void OnExit(ContainerRecord container, Containers.ContainerProcess process, Containers.ContainerExit exit)
    {
        if (container.Process != process)
        {
            return;
        }

        ContainerProbes.Stop(container);
        container.Started = container.Ready = false;
        if (!exit.Started)
        {
            _starter.FailedToStart(_pod, container, TerminationMessage.LastLines(container.Log, 1024));
            return;
        }

        var reason = exit.ExceededMemory ? "OOMKilled" : exit.ExitCode == 0 ? "Completed" : "Error";
        container.State = new ContainerState.Terminated(
            exit.ExceededMemory ? 137 : exit.ExitCode, reason, TerminationMessage.Of(container, exit.ExitCode), process.StartedAt, exit.At, container.ContainerId);

        // That it has ended is written before it is started again: it is a state that observers count on.
        WriteStatus();
    }

    private void KillUnhealthy(ContainerRecord container, ProbeKind kind, long grace)
    {
        _node.Events.Normal(
            _node.EventSource, _pod, "Killing", $"Container {container.Name} failed {kind.ToString().ToLowerInvariant()} probe, will be restarted", container.FieldPath);
        var process = container.Process!;
        _ = Task.Run(() => PodTermination.EndAsync(process, TimeSpan.FromSeconds(grace), _node.Time, _stop.Token), CancellationToken.None);
    }

    /// <summary>Ends the containers with no more than a second's grace; the pod has failed, and its object stays to tell why.</summary>
    private async Task EvictAsync((string Reason, string Message) why)
    {
        _node.Events.Warning(_node.EventSource, _pod, why.Reason, why.Message);
        await new PodTermination(_node, _pod, Containers, _address?.ToString() ?? "").RunAsync(static () => 1, _stop.Token).ConfigureAwait(false);
        await CollectAsync().ConfigureAwait(false);
        _hasFailed = true;
    }

    /// <summary>Ends the containers in grace, writes how they ended, and lets the object go.</summary>
    private async Task DieAsync()
    {
        await InsistAsync(DrainAsync, _stop.Token).ConfigureAwait(false);
        var termination = new PodTermination(_node, _pod, Containers, _address?.ToString() ?? "");
        var ended = InsistAsync(() => termination.RunAsync(GraceSeconds, _stop.Token), _stop.Token);
        _ = ended.ContinueWith(_ => Signal(static () => { }), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        while (!ended.IsCompleted)
        {
            await InsistAsync(
                () =>
                {
                    WriteStatus();
                    return WaitAsync(_node.Time.GetUtcNow() + TimeSpan.FromSeconds(1), _stop.Token);
                },
                _stop.Token).ConfigureAwait(false);
        }

        await ended.ConfigureAwait(false);
        await InsistAsync(LetGoAsync, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>What the API says; without that (deleted by force), what the pod says, and never nothing at all.</summary>
    private long GraceSeconds() => Math.Max(
        1, _pod.Metadata.DeletionGracePeriodSeconds is > 0 and var told ? told : _pod.Spec.TerminationGracePeriodSeconds ?? 30);

    private Task DrainAsync()
    {
        DrainSignals();
        return Task.CompletedTask;
    }

    /// <summary>Writes how the containers ended, and lets the object go.</summary>
    private async Task LetGoAsync()
    {
        await CollectAsync().ConfigureAwait(false);
        WriteStatus();
        try
        {
            _node.Api.Delete<V1Pod>(_pod.Metadata.NamespaceProperty, _pod.Metadata.Name, new DeleteOptions { GracePeriodSeconds = 0, Uid = _pod.Metadata.Uid });
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            // Gone already.
        }
    }

    /// <summary>Notes how the containers ended.</summary>
    private async Task CollectAsync()
    {
        foreach (var container in Containers.Where(container => container.IsRunning))
        {
            OnExit(container, container.Process!, await container.Process!.Exit.ConfigureAwait(false));
        }
    }

    private IPAddress TakeAddress() =>
        IPAddress.TryParse(_pod.Status?.PodIP, out var earlier) && _node.PodAddresses.TryTake(earlier) ? earlier : _node.PodAddresses.Take();

    private bool UpdateVolumes()
    {
        var now = _node.Time.GetUtcNow();
        if (_volumesDue > now)
        {
            return _volumesReady;
        }

        try
        {
            _volumes.Update(_address!.ToString());
            _volumesReady = true;
            _volumesDue = now + VolumeRefresh;
        }
        catch (VolumeException e)
        {
            // Once there, a volume stays as it was when what it shows goes.
            _volumesDue = now + (_volumesReady ? VolumeRefresh : _volumeRetry);
            if (!_volumesReady)
            {
                _volumeRetry = TimeSpan.FromTicks(Math.Min(2 * _volumeRetry.Ticks, LastVolumeRetry.Ticks));
                _node.Events.Warning(_node.EventSource, _pod, "FailedMount", e.Message);
            }
        }

        return _volumesReady;
    }

    private bool IsDue(ContainerRecord container) =>
        !container.IsRunning && (container.RetryAt is null || container.RetryAt <= _node.Time.GetUtcNow());

    private bool MayRestart(ContainerRecord container) => (container.State as ContainerState.Terminated ?? container.LastState) is not { } ended
        || (_pod.Spec.RestartPolicy ?? "Always") switch { "Never" => false, "OnFailure" => ended.ExitCode != 0, _ => true };

    private DateTimeOffset NextDue()
    {
        if (_failure is not null && !_hasFailed)
        {
            return _node.Time.GetUtcNow();
        }

        var due = Containers.Where(container => !container.IsRunning).Select(container => container.RetryAt).OfType<DateTimeOffset>()
            .Append(_volumesDue ?? _node.Time.GetUtcNow() + VolumeRefresh);

        // One that just ended is looked at again at once.
        return _failure is null && Containers.Any(container => container.State is ContainerState.Terminated && container.RetryAt is null && MayRestart(container) && !(container.IsInit && container.HasSucceeded))
            && new PodStatusBuilder(_pod, Containers).Phase() is not ("Succeeded" or "Failed")
            ? _node.Time.GetUtcNow()
            : due.Min();
    }

    private async Task WaitAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var delay = due - _node.Time.GetUtcNow();
        if (delay > TimeSpan.Zero)
        {
            using var timeout = new CancellationTokenSource(delay, _node.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _stop.Token);
            try
            {
                (await _signals.Reader.ReadAsync(either.Token).ConfigureAwait(false))();
            }
            catch (OperationCanceledException)
            {
                _stop.Token.ThrowIfCancellationRequested();
            }
        }

        DrainSignals();
    }

    private void DrainSignals()
    {
        while (_signals.Reader.TryRead(out var signal))
        {
            signal();
        }
    }

    private void WriteStatus()
    {
        var resource = _node.Api.Resources.Of<V1Pod>();
        if (_node.Api.Get<V1Pod>(_pod.Metadata.NamespaceProperty, _pod.Metadata.Name) is not { } current || current.Metadata.Uid != _pod.Metadata.Uid)
        {
            return;
        }

        var status = new PodStatusBuilder(current, Containers).Build(
            current.Status, _node.Address.ToString(), _address?.ToString(), _startTime, KubernetesTime.Truncate(_node.Time.GetUtcNow()), _hasFailed ? _failure : null);
        if (KubernetesJson.Serialize(status) == KubernetesJson.Serialize(current.Status))
        {
            return;
        }

        current.Status = status;
        try
        {
            _node.Api.UpdateStatus(current, "kubelet");
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            // Somebody else has just written: the change wakes this worker, which writes then.
            Signal(() => { });
        }
    }

    private async Task CleanUpAsync()
    {
        foreach (var container in Containers)
        {
            ContainerProbes.Stop(container);
            container.Process?.Kill();
        }

        foreach (var process in Containers.Select(container => container.Process).OfType<Containers.ContainerProcess>())
        {
            await process.Exit.ConfigureAwait(false);
            process.Dispose();
        }

        if (_address is not null)
        {
            _node.PodAddresses.Return(_address);
        }

        _node.Tokens.Forget(_pod.Metadata.Uid);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of pod {Pod} failed")]
    private static partial void LogFailed(ILogger logger, ObjectKey pod, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Pod} is tried again: {Problem}")]
    private static partial void LogRetry(ILogger logger, ObjectKey pod, string problem, Exception? exception);
}
