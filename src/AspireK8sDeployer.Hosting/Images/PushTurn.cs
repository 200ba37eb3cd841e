namespace AspireK8sDeployer.Hosting.Images;

/// <summary>
/// One deploy at a time looks whether the registry has the image, and pushes it. The SDK never makes the same digest twice, so
/// of two that push one tag, the first would run a digest which the tag no longer names, and which its next deploy replaces.
/// </summary>
internal static class PushTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits for the turn; it ends with its holder's life at the latest. One that takes too long is not waited for.</summary>
    public static async Task<IDisposable> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        // It stays: whoever removed it would let a third one in beside the second, who has it open.
        var path = Path.Combine(folder, "push");
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
            {
                // Without a turn it costs a second push at most.
                return Stream.Null;
            }
        }
    }
}
