using System.Collections.Concurrent;
using System.Diagnostics;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// Starts processes from one thread that lives as long as this process. A child may ask the kernel to be killed when its
/// parent dies, and what counts as the parent is the thread that started it; those of the thread pool come and go.
/// </summary>
internal sealed class ProcessSpawner : IDisposable
{
    private readonly BlockingCollection<Action> _requests = [];

    public ProcessSpawner()
    {
        var thread = new Thread(Run) { Name = "process spawner", IsBackground = true };
        thread.Start();
    }

    public Task<System.Diagnostics.Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<System.Diagnostics.Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add(() =>
        {
            try
            {
                started.SetResult(System.Diagnostics.Process.Start(start)!);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread, and with it whatever it started that is still there.</summary>
    public void Dispose() => _requests.CompleteAdding();

    private void Run()
    {
        foreach (var request in _requests.GetConsumingEnumerable())
        {
            request();
        }

        _requests.Dispose();
    }
}
