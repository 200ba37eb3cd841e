namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Lets one process at a time start or stop a cluster. The kernel gives the lock back when its holder dies.</summary>
internal static class ClusterLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IDisposable> TakeAsync(ClusterDirectory directory, CancellationToken cancellationToken)
    {
        PrivateFile.CreateDirectory(Path.GetDirectoryName(directory.LockFile)!);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new ClusterProcessException(
                    $"Cluster {directory.Name} has been starting or stopping for {Patience.TotalSeconds:0} s in another process. Try again, or end that process.", e);
            }
        }
    }
}
