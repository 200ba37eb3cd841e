namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Lets one process at a time start or stop a cluster. The kernel gives the lock back when its holder dies.</summary>
internal static class ClusterLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<IDisposable> TakeAsync(ClusterDirectory directory, CancellationToken cancellationToken) =>
        TakeAsync(directory.LockFile, $"Cluster {directory.Name} has been starting or stopping", cancellationToken);

    /// <summary>For the copies of the program, which all clusters of the user share.</summary>
    public static Task<IDisposable> TakeProgramsAsync(ClusterDirectory directory, CancellationToken cancellationToken) =>
        TakeAsync(directory.Binaries + ".lock", "The program of embedded clusters has been copied", cancellationToken);

    private static async Task<IDisposable> TakeAsync(string file, string what, CancellationToken cancellationToken)
    {
        PrivateFile.CreateDirectory(Path.GetDirectoryName(file)!);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new ClusterProcessException(
                    $"{what} for {Patience.TotalSeconds:0} s in another process. Try again, or end that process.", e);
            }
        }
    }
}
