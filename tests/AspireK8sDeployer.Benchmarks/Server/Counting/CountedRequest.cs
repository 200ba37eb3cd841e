namespace AspireK8sDeployer.Benchmarks.Server.Counting;

/// <summary>One request that went through the proxy, or is going.</summary>
/// <param name="name">What it asks.</param>
/// <param name="begun">When it came, from the beginning of the count.</param>
internal sealed class CountedRequest(RequestName name, TimeSpan begun)
{
    private long _bytes;

    public RequestName Name => name;

    public TimeSpan Begun => begun;

    /// <summary>When the answer was through; null while it is not.</summary>
    public TimeSpan? Ended { get; set; }

    public int Status { get; set; }

    /// <summary>Bytes of the bodies, both ways, as they were sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Add(int bytes) => Interlocked.Add(ref _bytes, bytes);
}
