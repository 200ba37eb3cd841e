using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Makes calls of the API: with a time-out each, again when that can help, and failures parsed.</summary>
internal sealed class ApiClient(Func<IClusterTransport> open, TimeProvider time) : IDisposable
{
    // The server's own limit for a write is 34 seconds.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(35);

    // Nobody waits half a minute to hear that the address is wrong.
    private static readonly TimeSpan FirstAnswerTimeout = TimeSpan.FromSeconds(5);
    private const int FirstAttempts = 3;

    private readonly Lazy<IClusterTransport> _transport = new(open);
    private readonly RetryPolicy _retry = new(time, Random.Shared);
    private volatile bool _answered;

    public TimeProvider Time => time;

    public Uri Server => _transport.Value.Server;

    /// <summary>What the user should know about the way to the server.</summary>
    public IReadOnlyList<string> Warnings => _transport.Value.Warnings;

    public async Task<JsonObject> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            await _transport.Value.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
            var (answer, failure, asked) = await TryAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
            {
                return answer;
            }

            if (failure is ApiFailure { Code: HttpStatusCode.Unauthorized } refused)
            {
                if (renewed || !await _transport.Value.RenewAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw Explained(refused);
                }

                renewed = true;
                continue;
            }

            var most = (_answered, failure) switch
            {
                (false, TimeoutException) => FirstAttempts - 1,
                (false, _) => FirstAttempts,
                (true, ApiFailure) => RetryPolicy.MostAttempts,
                // It was there a moment ago: an API server that is being restarted is back within a minute.
                _ => RetryPolicy.MostAttemptsWhileCutOff,
            };
            var worthwhile = failure is not ApiFailure api || RetryPolicy.IsTransient(api.Code, api);
            if (!worthwhile || attempt >= most)
            {
                throw failure is ApiFailure ? failure : new ClusterUnreachableException(Server, failure!);
            }

            await _retry.DelayAsync(attempt, asked, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens an answer that is read as it comes; the caller disposes it. Not repeated.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await _transport.Value.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await TryOpenAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Unauthorized)
        {
            return await _transport.Value.RenewAsync(cancellationToken).ConfigureAwait(false)
                ? await TryOpenAsync(request, cancellationToken).ConfigureAwait(false)
                : throw Explained(failure);
        }
    }

    public void Dispose()
    {
        if (_transport.IsValueCreated)
        {
            _transport.Value.Dispose();
        }
    }

    private async Task<HttpResponseMessage> TryOpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = ToMessage(request);
        using var timeout = new TimeLimit(AnswerTimeout, time, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await _transport.Value.SendAsync(message, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {AnswerTimeout.TotalSeconds:0} s");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw ApiFailure.Parse(response.StatusCode, body, request.Subject);
        }
    }

    private async Task<(JsonObject? Answer, Exception? Failure, TimeSpan? RetryAfter)> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var transport = _transport.Value;
        var patience = _answered ? AnswerTimeout : FirstAnswerTimeout;
        using var timeout = new TimeLimit(patience, time, cancellationToken);
        try
        {
            using var message = ToMessage(request);
            using var response = await transport.SendAsync(message, timeout.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(timeout.Token).ConfigureAwait(false);
            _answered = true;
            return response.IsSuccessStatusCode
                ? (Parse(body), null, null)
                : (null, ApiFailure.Parse(response.StatusCode, body, request.Subject), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new TimeoutException($"no answer within {patience.TotalSeconds:0} s"), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            return (null, failure, null);
        }
    }

    private ApiFailure Explained(ApiFailure failure) => new(failure.Code, failure.Reason, failure.Message, failure.Causes, failure.Subject)
    {
        Refusal = _transport.Value.ExplainRefusal(),
    };

    // A cut-off body is an accident like a reset connection: the JsonException makes it one.
    private static JsonObject Parse(string body) => JsonNode.Parse(body) as JsonObject ?? throw new JsonException("not an object");

    private HttpRequestMessage ToMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(Server, request.Address)) { Version = HttpVersion.Version20 };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue(Names.FieldManager, null));
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return message;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
