using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>The kubelet's waiting between tries: none before the second one, then 10 s, doubling up to 5 minutes (or all of it faster); forgotten after 10 quiet ones. Pure.</summary>
internal sealed class Backoff(TimeSpan first)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly TimeSpan _longest = 30 * first;
    private TimeSpan? _delay;
    private DateTimeOffset _since;

    public TimeSpan Delay => _delay ?? TimeSpan.Zero;

    /// <summary>How long to wait still, when the last try ended at that time.</summary>
    public TimeSpan Remaining(DateTimeOffset ended, DateTimeOffset now) =>
        _delay is { } delay && ended - _since <= Forgotten && ended + delay > now ? ended + delay - now : TimeSpan.Zero;

    /// <summary>Notes another try after one that ended at that time.</summary>
    public void Next(DateTimeOffset ended, DateTimeOffset now)
    {
        _delay = _delay is { } delay && ended - _since <= Forgotten ? TimeSpan.FromTicks(Math.Min(2 * delay.Ticks, _longest.Ticks)) : first;
        _since = now;
    }

    public void Reset() => _delay = null;

    /// <summary>A duration as Go prints it: <c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    public static string Format(TimeSpan duration) => duration > TimeSpan.Zero && duration.TotalSeconds < 1
        ? $"{(int)duration.TotalMilliseconds}ms"
        : duration.TotalMinutes < 1
        ? $"{(int)duration.TotalSeconds}s"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}m{duration.Seconds}s");
}
