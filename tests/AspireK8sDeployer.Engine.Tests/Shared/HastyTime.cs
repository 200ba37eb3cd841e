namespace AspireK8sDeployer.Engine.Tests.Shared;

/// <summary>The real time, until a test has seen enough: then as much of it as it likes is over at once.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() => System.GetTimestamp() + (Interlocked.Read(ref _ahead) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public void Skip(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
