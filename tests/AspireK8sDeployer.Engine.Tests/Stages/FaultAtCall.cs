using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Lets one call of a run go wrong: the so-and-so-many-th of its name, or that one and all that follow.</summary>
internal sealed class FaultAtCall(IClusterTransport inner, SkippingTime time, string @namespace) : IClusterTransport
{
    // What is polled is called any number of times, and the third time like the second.
    private const int MostOfOne = 3;

    private readonly Dictionary<string, int> _seen = [];
    private int _hits;

    public Uri Server => inner.Server;

    /// <summary>For example <c>GET api/v1/namespaces/{ns} 1</c>; null lets all go well.</summary>
    public string? Call { get; init; }

    public FaultKind Kind { get; init; }

    public bool Persists { get; init; }

    public CancellationTokenSource? Stop { get; init; }

    /// <summary>The calls that were made, each once, and whether it is a watch.</summary>
    public IReadOnlyList<(string Call, bool IsWatch)> Calls
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen.SelectMany(item => Enumerable.Range(1, Math.Min(item.Value, MostOfOne)).Select(number => ($"{item.Key} {number}", item.Key.Contains(" watch ", StringComparison.Ordinal))))];
            }
        }
    }

    public bool WasHit => _hits > 0;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsHit(request))
        {
            return await inner.SendAsync(request, cancellationToken);
        }

        switch (Kind)
        {
            case FaultKind.TooManyRequests:
                var answer = FakeTransport.Status(HttpStatusCode.TooManyRequests, "TooManyRequests", "too many requests, please try again later");
                answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(2));
                return answer;
            case FaultKind.InternalError:
                return FakeTransport.Status(HttpStatusCode.InternalServerError, "InternalError", "etcdserver: leader changed");
            case FaultKind.Unavailable:
                return FakeTransport.Status(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "apiserver is shutting down");
            case FaultKind.Conflict:
                return FakeTransport.Status(HttpStatusCode.Conflict, "Conflict", "Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again");
            case FaultKind.Reset:
                throw new HttpRequestException("reset before it was sent", new IOException("connection reset"));
            case FaultKind.NoAnswer:
                time.PassTimeout();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("never");
            case FaultKind.AnswerLost:
                using (await inner.SendAsync(request, cancellationToken))
                {
                    throw new HttpRequestException("done, but the answer is lost", new IOException("connection reset"));
                }

            case FaultKind.Truncated:
                using (await inner.SendAsync(request, cancellationToken))
                {
                    return FakeTransport.Json(HttpStatusCode.OK, """{"type":"ADDED","kind":"Cut off""");
                }

            case FaultKind.WatchClosed:
                return FakeTransport.Json(HttpStatusCode.OK, "");
            case FaultKind.WatchGone:
                return FakeTransport.Status(HttpStatusCode.Gone, "Expired", "too old resource version");
            case FaultKind.WatchGoneLater:
                return FakeTransport.Json(HttpStatusCode.OK, """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}}""");
            case FaultKind.WatchSilent:
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SilentStream(time)) };
            default:
                await Stop!.CancelAsync();
                return await inner.SendAsync(request, cancellationToken);
        }
    }

    // All runs share what is inside.
    public void Dispose()
    {
    }

    private bool IsHit(HttpRequestMessage request)
    {
        var name = CallName.Of(request, @namespace);
        lock (_seen)
        {
            var number = _seen[name] = _seen.GetValueOrDefault(name) + 1;
            var first = Call?.StartsWith(name + " ", StringComparison.Ordinal) == true ? int.Parse(Call[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) : int.MaxValue;
            var hit = Persists ? number >= first : number == first;
            _hits += hit ? 1 : 0;
            return hit;
        }
    }
}
