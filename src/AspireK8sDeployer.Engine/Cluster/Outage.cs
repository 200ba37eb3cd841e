namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Since when the server has given no answer at all, and how that began. One clock for all calls: they are cut off together,
/// and together they give up.
/// </summary>
internal sealed class Outage(TimeProvider time)
{
    // An API server that is being restarted is back within a minute.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    // Shorter than this it may be one call alone that is unlucky.
    private static readonly TimeSpan Evident = TimeSpan.FromSeconds(10);

    private readonly Lock _changing = new();
    private (long Since, Exception Cause)? _present;

    /// <summary>Whether the server has ever answered.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>How it began; null unless it has lasted long enough to be one.</summary>
    public Exception? Cause => Of(Evident);

    /// <summary>How it began; null while there is hope.</summary>
    public Exception? Hopeless => Of(Longest);

    public void Answered()
    {
        lock (_changing)
        {
            (HasAnswered, _present) = (true, null);
        }
    }

    public void NotAnswered(Exception cause)
    {
        lock (_changing)
        {
            _present ??= (time.GetTimestamp(), cause);
        }
    }

    private Exception? Of(TimeSpan least)
    {
        lock (_changing)
        {
            return _present is var (since, cause) && time.GetElapsedTime(since) >= least ? cause : null;
        }
    }
}
