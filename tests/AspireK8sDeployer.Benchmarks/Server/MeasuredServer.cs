using System.Diagnostics;
using AspireK8sDeployer.Benchmarks.Measuring;
using AspireK8sDeployer.Benchmarks.Server.Counting;
using AspireK8sDeployer.Benchmarks.Server.Pods;
using k8s;

namespace AspireK8sDeployer.Benchmarks.Server;

/// <summary>The API server that all tools deploy to, with what stands in for pods beside it and the proxy in front of it.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Stack<Func<Task>> _cleanup = new();
    private Process? _process;

    private MeasuredServer(string run) => Run = run;

    /// <summary>What names everything that the benchmark makes in the cluster.</summary>
    public string Run { get; }

    /// <summary>Goes to the server without being counted.</summary>
    public Kubernetes Client { get; private set; } = null!;

    public CountingProxy Proxy { get; private set; } = null!;

    /// <summary>Whether the server ends with the benchmark, and so needs no tidying up.</summary>
    public bool IsOurs { get; private set; }

    public string Description { get; private set; } = "";

    /// <summary>Processor time of the server since it began; null when its process is not known.</summary>
    public TimeSpan? Cpu
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime;
        }
    }

    /// <summary>Starts the embedded server, or goes to the one that is named.</summary>
    /// <param name="kubeconfig">The way to a server that runs already; null for the embedded one.</param>
    /// <param name="processId">The process of that server, if it is on this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MeasuredServer> StartAsync(string? kubeconfig, int? processId, CancellationToken cancellationToken)
    {
        var server = new MeasuredServer(Guid.NewGuid().ToString("N")[..6]);
        try
        {
            await server.StartPartsAsync(kubeconfig, processId, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the server has come to rest, so that what one tool has begun is not counted for the next.</summary>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        TimeSpan? before;
        do
        {
            before = Cpu;
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
        while (Cpu - before > TimeSpan.FromMilliseconds(100) && Stopwatch.GetElapsedTime(begun) < Patience);
    }

    public async ValueTask DisposeAsync()
    {
        while (_cleanup.TryPop(out var step))
        {
            try
            {
                await step();
            }
            catch (Exception failure) when (failure is HttpRequestException or k8s.Autorest.HttpOperationException or OperationCanceledException)
            {
                Console.Error.WriteLine($"Tidying up failed: {failure.Message}");
            }
        }
    }

    private async Task StartPartsAsync(string? kubeconfig, int? processId, CancellationToken cancellationToken)
    {
        if (kubeconfig is null)
        {
            var own = await Companion.StartAsync([EmbeddedServer.Command], cancellationToken);
            _cleanup.Push(() => own.DisposeAsync().AsTask());
            (IsOurs, kubeconfig, processId) = (true, own.Greeting, own.Id);
        }

        _process = processId is { } id ? Process.GetProcessById(id) : null;
        var access = new ServerAccess(kubeconfig);
        Client = access.Connect();
        _cleanup.Push(() => Task.Run(Client.Dispose));
        var version = await Client.Version.GetCodeAsync(cancellationToken);
        Description = IsOurs ? $"the embedded API server ({version.GitVersion})" : $"{access.Address} ({version.GitVersion})";

        _cleanup.Push(async () =>
        {
            using var limit = new CancellationTokenSource(Patience);
            await StandIn.RemoveAsync(Client, Run, limit.Token);
        });
        var pods = await Companion.StartAsync([StandIn.Command, kubeconfig, Run], cancellationToken);
        _cleanup.Push(() => pods.DisposeAsync().AsTask());

        Proxy = await CountingProxy.StartAsync(access, cancellationToken);
        _cleanup.Push(() => Proxy.DisposeAsync().AsTask());
    }
}
