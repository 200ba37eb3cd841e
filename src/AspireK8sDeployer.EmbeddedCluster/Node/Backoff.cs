using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>The kubelet's waiting between tries: none before the second one, then 10 s, doubling up to 5 minutes; forgotten after 10 quiet ones. Pure.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private TimeSpan? _delay;
    private DateTimeOffset _since;

    public TimeSpan Delay => _delay ?? TimeSpan.Zero;

    /// <summary>How long to wait still, when the last try ended at that time.</summary>
    public TimeSpan Remaining(DateTimeOffset ended, DateTimeOffset now) =>
        _delay is { } delay && ended - _since <= 2 * Longest && ended + delay > now ? ended + delay - now : TimeSpan.Zero;

    /// <summary>Notes another try after one that ended at that time.</summary>
    public void Next(DateTimeOffset ended, DateTimeOffset now)
    {
        _delay = _delay is { } delay && ended - _since <= 2 * Longest ? TimeSpan.FromTicks(Math.Min(2 * delay.Ticks, Longest.Ticks)) : First;
        _since = now;
    }

    public void Reset() => _delay = null;

    /// <summary>A duration as Go prints it: <c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    public static string Format(TimeSpan duration) => duration.TotalMinutes < 1
        ? $"{(int)duration.TotalSeconds}s"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}m{duration.Seconds}s");
}
