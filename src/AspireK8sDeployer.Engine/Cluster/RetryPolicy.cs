using System.Net;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Which failures are worth asking again, how often, and after how long. Every call of ours may be made twice: reads,
/// applies and guarded deletes by nature, creates and guarded updates because their callers take "already exists" and
/// "stale" for an answer.
/// </summary>
internal sealed record RetryPolicy(int Attempts, TimeSpan First, TimeSpan Longest)
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestAsked = TimeSpan.FromSeconds(1);

    /// <summary>The server says when to come again.</summary>
    private static readonly RetryPolicy Asked = new(10, ShortestAsked, LongestAsked);

    private static readonly RetryPolicy Busy = new(6, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(8));

    /// <summary>The pod that answers for an admission webhook is being restarted: a minute in all.</summary>
    private static readonly RetryPolicy Webhook = new(6, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    /// <summary>Two writers of one quota met; the server asks to come again.</summary>
    private static readonly RetryPolicy Quota = new(6, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)) { IsCharged = false };

    /// <summary>Caches of the server that learn of what was just made.</summary>
    private static readonly RetryPolicy Namespace = new(11, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200)) { IsCharged = false };
    private static readonly RetryPolicy Rights = new(11, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { IsCharged = false };

    /// <summary>Who has never answered is hardly there, and nobody waits long to hear it.</summary>
    private static readonly RetryPolicy NeverThere = new(3, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(8)) { IsCharged = false };
    private static readonly RetryPolicy NeverAnswered = NeverThere with { Attempts = 2 };

    /// <summary>A connection that broke is opened again at once; how long in all, <see cref="Outage"/> says.</summary>
    private static readonly RetryPolicy CutOff = new(30, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(8)) { AtOnceFirst = true, IsCharged = false };
    private static readonly RetryPolicy NoAnswer = CutOff with { Attempts = 3 };

    /// <summary>Whether an attempt is one of those that a deploy has only so many of.</summary>
    public bool IsCharged { get; private init; } = true;

    private bool AtOnceFirst { get; init; }

    /// <summary>What to do about a failure; null when another attempt would fail the same way.</summary>
    public static RetryPolicy? For(Exception failure, ApiRequest request, TimeSpan? asked, bool hasAnswered, FreshObjects fresh) => failure switch
    {
        ApiFailure api => For(api, request, asked, fresh),
        TimeoutException => hasAnswered ? NoAnswer : NeverAnswered,
        _ => hasAnswered ? CutOff : NeverThere,
    };

    /// <summary>How long to wait before the next attempt: what the server asked for, or twice as long as the last time; with jitter.</summary>
    public TimeSpan Delay(int attempt, TimeSpan? asked, Random random)
    {
        if (asked is { } wanted)
        {
            return Limit(wanted, ShortestAsked, LongestAsked) * (1 + (random.NextDouble() / 4));
        }

        var doubled = attempt - (AtOnceFirst ? 2 : 1);
        return doubled < 0 ? TimeSpan.Zero : Limit(First * Math.Pow(2, doubled), First, Longest) * (0.5 + (random.NextDouble() / 2));
    }

    private static RetryPolicy? For(ApiFailure failure, ApiRequest request, TimeSpan? asked, FreshObjects fresh) => failure.Code switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when asked is not null => Asked with { IsCharged = false },
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Busy,
        // A policy's refusal comes as 500 when its webhook says so; that is an answer, not an accident.
        HttpStatusCode.InternalServerError when failure.Message.Contains("denied the request", StringComparison.Ordinal) => null,
        HttpStatusCode.InternalServerError => failure.Webhook is null ? Busy : Webhook,
        HttpStatusCode.Conflict when failure.Message.Contains("on resourcequotas", StringComparison.Ordinal) => Quota,
        HttpStatusCode.NotFound when fresh.MayExplain(failure, request) => Namespace,
        HttpStatusCode.Forbidden when fresh.MayExplain(failure, request) => Rights,
        _ => null,
    };

    private static TimeSpan Limit(TimeSpan time, TimeSpan least, TimeSpan most) => time < least ? least : time > most ? most : time;
}
