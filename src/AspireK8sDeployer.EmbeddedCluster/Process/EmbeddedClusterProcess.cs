using AspireK8sDeployer.EmbeddedCluster.Node;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Process;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>
/// The embedded cluster as a background process of its own, one per name and user: it outlives the program that starts it
/// and keeps its state in <c>$XDG_STATE_HOME/aspire-k8s/NAME</c> (<c>~/.local/state</c> when that is not set).
/// </summary>
public static class EmbeddedClusterProcess
{
    /// <summary>The name of the cluster when none is given.</summary>
    public const string DefaultName = "default";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Makes sure that the cluster runs, with this version of the code, and returns how to reach it. Of several callers
    /// at the same time one starts it and all get the same answer.
    /// </summary>
    /// <exception cref="ClusterProcessException">It cannot be started; the message holds the end of its log.</exception>
    public static async Task<EmbeddedClusterInfo> UpAsync(string name = DefaultName, CancellationToken cancellationToken = default)
    {
        LinuxOnly.Check();
        var directory = ClusterDirectory.Of(name);
        if (RunningCluster.Find(directory) is { } running && running.Version == ProgramFiles.Version)
        {
            return running.Info;
        }

        using var exclusive = await ClusterLock.TakeAsync(directory, cancellationToken).ConfigureAwait(false);

        // One that still starts was left by a caller that has gone; one that still stops ends soon.
        running = ClusterProcess.Find(directory) is { } process ? await WaitAsync(directory, process, cancellationToken).ConfigureAwait(false) : null;
        if (running is not null && running.Version != ProgramFiles.Version)
        {
            await StopAsync(directory, new ClusterProcess(running.Info.ProcessId, running.StartTime), cancellationToken).ConfigureAwait(false);
            running = null;
        }

        return (running ?? await StartAsync(directory, cancellationToken).ConfigureAwait(false)).Info;
    }

    /// <summary>The cluster if it runs, else null. Never starts it.</summary>
    public static Task<EmbeddedClusterInfo?> FindAsync(string name = DefaultName, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(RunningCluster.Find(ClusterDirectory.Of(name))?.Info);
    }

    /// <summary>Ends the cluster and every process of its pods; its state stays. False when it did not run.</summary>
    public static async Task<bool> DownAsync(string name = DefaultName, CancellationToken cancellationToken = default)
    {
        var directory = ClusterDirectory.Of(name);
        using var exclusive = await ClusterLock.TakeAsync(directory, cancellationToken).ConfigureAwait(false);
        return await DownAsync(directory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the cluster and removes everything in it: objects, images, logs. False when there was nothing.</summary>
    public static async Task<bool> ResetAsync(string name = DefaultName, CancellationToken cancellationToken = default)
    {
        var directory = ClusterDirectory.Of(name);
        using var exclusive = await ClusterLock.TakeAsync(directory, cancellationToken).ConfigureAwait(false);
        var existed = Directory.Exists(directory.Root);
        await DownAsync(directory, cancellationToken).ConfigureAwait(false);
        PodDirectories.Remove(directory.Root);
        return existed;
    }

    /// <summary>Whether nothing is in the running cluster but what it brings itself. True when it does not run.</summary>
    public static async Task<bool> IsEmptyAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        RunningCluster.Find(ClusterDirectory.Of(name)) is not { } running
        || await ClusterContent.IsEmptyAsync(running.Info, cancellationToken).ConfigureAwait(false);

    private static async Task<RunningCluster> StartAsync(ClusterDirectory directory, CancellationToken cancellationToken)
    {
        directory.Create();
        var program = await InstallAsync(directory, cancellationToken).ConfigureAwait(false);
        var process = ClusterProcess.Of(DetachedProcess.Start(program, ["run", "--name", directory.Name], directory.Log).Id);
        process.Save(directory);
        try
        {
            return await WaitAsync(directory, process, cancellationToken).ConfigureAwait(false)
                ?? throw new ClusterProcessException(Problem(directory, ""));
        }
        catch (OperationCanceledException)
        {
            Signals.Send(process.Id, Signals.Terminate); // nobody waits for it
            throw;
        }
    }

    private static async Task<string> InstallAsync(ClusterDirectory directory, CancellationToken cancellationToken)
    {
        using var exclusive = await ClusterLock.TakeProgramsAsync(directory, cancellationToken).ConfigureAwait(false);
        var program = ProgramFiles.Install(directory.Binaries);
        ProgramFiles.RemoveOthers(directory.Binaries, [ProgramFiles.Version, .. directory.All().Select(other => RunningCluster.Find(other)?.Version).OfType<string>()]);
        return program;
    }

    /// <summary>Waits until the cluster is ready; null when its process ends instead.</summary>
    private static async Task<RunningCluster?> WaitAsync(ClusterDirectory directory, ClusterProcess process, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (process.IsAlive)
        {
            // The file may still be of an earlier process; that one is not alive.
            if (RunningCluster.Find(directory) is { } running)
            {
                return running;
            }

            if (TimeProvider.System.GetElapsedTime(began) > StartTimeout)
            {
                var problem = Problem(directory, $" in {StartTimeout.TotalSeconds:0} s");
                await StopAsync(directory, process, cancellationToken).ConfigureAwait(false);
                throw new ClusterProcessException(problem);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private static string Problem(ClusterDirectory directory, string when) =>
        $"The embedded cluster {directory.Name} did not start{when}. The end of its log {directory.Log}:\n{LogTail.Read(directory.Log)}";

    private static async Task<bool> DownAsync(ClusterDirectory directory, CancellationToken cancellationToken)
    {
        if (ClusterProcess.Find(directory) is not { } process)
        {
            KillPods(directory); // of a cluster that was killed
            return false;
        }

        await StopAsync(directory, process, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task StopAsync(ClusterDirectory directory, ClusterProcess process, CancellationToken cancellationToken)
    {
        // First of all, so that nobody is told of a cluster that is about to go.
        Forget(directory.RunFile);
        var began = TimeProvider.System.GetTimestamp();
        Signals.Send(process.Id, Signals.Terminate);
        while (process.IsAlive)
        {
            if (TimeProvider.System.GetElapsedTime(began) > StopTimeout)
            {
                Signals.Send(process.Id, Signals.Kill);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        KillPods(directory);
        Forget(directory.RunFile);
        Forget(directory.ProcessFile);
    }

    private static void Forget(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // With its directory, by hand.
        }
    }

    /// <summary>After an orderly end there is none left.</summary>
    private static void KillPods(ClusterDirectory directory)
    {
        if (Directory.Exists(directory.State))
        {
            ContainerRuntime.KillStrays(ClusterState.Load(directory.State).Id);
        }
    }
}
