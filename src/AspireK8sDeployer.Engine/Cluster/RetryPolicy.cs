using System.Net;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Which answers are worth asking again, and after how long. Every call of ours may be made twice: reads, applies and
/// guarded deletes by nature, creates and guarded updates because their callers take "already exists" and "stale" for an answer.
/// </summary>
internal sealed class RetryPolicy(TimeProvider time, Random random)
{
    public const int MostAttempts = 6;
    public const int MostAttemptsWhileCutOff = 12;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(30);

    public static bool IsTransient(HttpStatusCode code, ApiFailure failure) => code switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        // A policy's refusal comes as 500 when its webhook says so; that is an answer, not an accident.
        HttpStatusCode.InternalServerError => !failure.Message.Contains("denied the request", StringComparison.Ordinal),
        // Two writers of one quota met; the server asks to come again.
        HttpStatusCode.Conflict => failure.Message.Contains("on resourcequotas", StringComparison.Ordinal),
        // The credentials' cache or the namespace's has not caught up with what was just made.
        _ => false,
    };

    /// <summary>Waits before the next attempt: what the server asked for, or twice as long as the last time, with jitter.</summary>
    public Task DelayAsync(int attempt, TimeSpan? asked, CancellationToken cancellationToken)
    {
        var backOff = First * Math.Pow(2, attempt - 1);
        var delay = asked is { } wanted ? Min(wanted, LongestAsked) * (1 + (random.NextDouble() / 4)) : Min(backOff, Longest) * (0.5 + (random.NextDouble() / 2));
        return Task.Delay(delay, time, cancellationToken);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
