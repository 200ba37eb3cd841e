using AspireK8sDeployer.EmbeddedCluster.Faults;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>What an <see cref="ApiFault"/> does to a call.</summary>
public abstract class ApiFaultEffect
{
    private protected ApiFaultEffect()
    {
    }

    internal virtual bool IsForWatches => false;

    /// <summary>The call is not done, but answered with a Status of this code.</summary>
    /// <param name="code">The HTTP status code, from 400 on.</param>
    /// <param name="retryAfter">What <c>Retry-After</c> says, in whole seconds.</param>
    /// <param name="reason">The machine-readable reason; null takes the usual one of the code.</param>
    /// <param name="message">The message; null takes a usual one.</param>
    public static ApiFaultEffect Answer(int code, TimeSpan? retryAfter = null, string? reason = null, string? message = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 400);
        return new AnswerEffect(code, retryAfter, reason, message);
    }

    /// <summary>The call is done, after a while.</summary>
    public static ApiFaultEffect Delay(TimeSpan time) => new DelayEffect(time);

    /// <summary>The call is not done, and never answered.</summary>
    public static ApiFaultEffect NoAnswer() => new NoAnswerEffect();

    /// <summary>The connection breaks (over HTTP/2, the call's stream) before an answer.</summary>
    /// <param name="afterWork">Whether the call is done all the same: the caller cannot know.</param>
    public static ApiFaultEffect Reset(bool afterWork = false) => new ResetEffect(afterWork);

    /// <summary>The call is done, but the connection breaks after so many bytes of the answer's body.</summary>
    public static ApiFaultEffect Truncate(int bytes) => new TruncateEffect(bytes);

    /// <summary>The stream of a watch ends, as at its time limit, after so many events.</summary>
    public static ApiFaultEffect CloseWatch(int afterEvents = 0) => new WatchEffect(WatchEnd.Closed, afterEvents);

    /// <summary>The stream of a watch stays open, but nothing comes any more after so many events.</summary>
    public static ApiFaultEffect SilenceWatch(int afterEvents = 0) => new WatchEffect(WatchEnd.Silent, afterEvents);

    /// <summary>The stream of a watch breaks in the middle of the event after so many.</summary>
    public static ApiFaultEffect BreakWatch(int afterEvents = 0) => new WatchEffect(WatchEnd.Broken, afterEvents);

    /// <summary>A watch is told in its stream, after so many events, that its version is too old (410).</summary>
    public static ApiFaultEffect ExpireWatch(int afterEvents = 0) => new WatchEffect(WatchEnd.Expired, afterEvents);

    /// <summary>A watch is refused with 410 before it begins.</summary>
    public static ApiFaultEffect RefuseWatchAsExpired() => new AnswerEffect(410, null, null, null) { ForWatches = true };

    internal abstract Task RunAsync(FaultedCall call);
}
