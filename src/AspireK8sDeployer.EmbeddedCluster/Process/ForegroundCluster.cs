using System.Runtime.InteropServices;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Runs a named cluster in this process until it is told to stop.</summary>
internal static class ForegroundCluster
{
    public static async Task<int> RunAsync(string name, TextWriter output)
    {
        var directory = ClusterDirectory.Of(name);
        directory.Create();
        using var exclusive = TakeRunLock(directory);
        ClusterProcess.Of(Environment.ProcessId).Save(directory);

        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Information).AddProvider(new LineLoggerProvider(output, TimeProvider.System)));

        var options = new EmbeddedClusterOptions { Name = name, StateDirectory = directory.State, LoggerFactory = logging };
        try
        {
            await RunAsync(options, directory, output, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await output.WriteLineAsync($"Cluster {name} was stopped before it was ready.").ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task RunAsync(EmbeddedClusterOptions options, ClusterDirectory directory, TextWriter output, CancellationToken stop)
    {
        var cluster = await EmbeddedCluster.StartAsync(options, stop).ConfigureAwait(false);
        await using (cluster.ConfigureAwait(false))
        {
            stop.ThrowIfCancellationRequested(); // who stops it counts on nobody being told that it is ready
            Describe(cluster, directory).Save(directory);
            await output.WriteLineAsync($"Cluster {directory.Name} is ready at {cluster.ApiServer} (kubeconfig {cluster.KubeconfigPath}).").ConfigureAwait(false);
            await WaitAsync(stop).ConfigureAwait(false);
            await output.WriteLineAsync($"Cluster {directory.Name} stops.").ConfigureAwait(false);
        }
    }

    /// <summary>Held as long as the process lives, so that two can never work on the same state.</summary>
    private static FileStream TakeRunLock(ClusterDirectory directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory.Root, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e)
        {
            throw new ClusterProcessException($"Cluster {directory.Name} runs already, in another process. Stop it with 'down' first.", e);
        }
    }

    private static RunningCluster Describe(EmbeddedCluster cluster, ClusterDirectory directory) => new(
        ProcessIds.StartTime(Environment.ProcessId) ?? 0,
        ProgramFiles.Version,
        new EmbeddedClusterInfo(
            directory.Name,
            Environment.ProcessId,
            cluster.KubeconfigPath,
            cluster.ApiServer,
            cluster.RegistryHost,
            cluster.RegistryUser,
            cluster.RegistryPassword,
            cluster.BaseImage,
            directory.Log)
        {
            IngressHttp = cluster.IngressHttp,
            IngressHttps = cluster.IngressHttps,
        });

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    private static async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }
}
