using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>
/// Opens the gate when the application has started. When it is asked to stop, closes it in an order that loses no request:
/// not ready at once; still served while the news spreads; then nothing new while what runs is finished; then stopped.
/// </summary>
internal sealed class DrainService : IHostedLifecycleService, IDisposable
{
    /// <summary>What is left of the shutdown time for cancelled runs to answer and for the server to stop.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan KubernetesDrainDelay = TimeSpan.FromSeconds(3);

    private readonly RunGate _gate;
    private readonly TimeProvider _time;
    private readonly ILogger<DrainService> _logger;
    private readonly TimeSpan _drainDelay;
    private readonly TimeSpan _timeForRuns;
    private readonly CancellationTokenRegistration _stopping;

    public DrainService(
        RunGate gate,
        IHostApplicationLifetime lifetime,
        IOptions<PipelineOptions> options,
        IOptions<HostOptions> host,
        TimeProvider time,
        ILogger<DrainService> logger)
    {
        _gate = gate;
        _time = time;
        _logger = logger;
        _drainDelay = options.Value.DrainDelay ?? (IsInKubernetes ? KubernetesDrainDelay : TimeSpan.Zero);
        var all = host.Value.ShutdownTimeout;
        _timeForRuns = all > Reserve * 2 ? all - Reserve : all / 2;

        // Comes before StoppingAsync, with the signal itself.
        _stopping = lifetime.ApplicationStopping.Register(gate.BeginDraining);
    }

    private static bool IsInKubernetes => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _gate.Open();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _gate.BeginDraining();
        Log.Draining(_logger, _gate.Running);
        using var deadline = new CancellationTokenSource(_timeForRuns, _time);
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await Task.Delay(_drainDelay, _time, stopWaiting.Token).ConfigureAwait(false);
            await _gate.CloseAsync().WaitAsync(stopWaiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Log.CancellingRuns(_logger, _gate.Running);
            _gate.CancelRuns();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
