using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Makes calls of the API: with a time-out each, again when that can help, and failures parsed.</summary>
internal sealed class ApiClient(ApiConnection connection, ApiScope scope) : IDisposable
{
    // The server's own limit for a write is 34 seconds.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(35);

    // Nobody waits half a minute to hear that the address is wrong.
    private static readonly TimeSpan FirstAnswerTimeout = TimeSpan.FromSeconds(5);

    // A write that is under way when its deploy is stopped: so long is its outcome waited for.
    private static readonly TimeSpan LastAnswerTimeout = TimeSpan.FromSeconds(5);

    public ApiClient(Func<IClusterTransport> open, TimeProvider time)
        : this(new ApiConnection(open, time, new WriteGate(WriteGate.MostOfProcess)), new ApiScope())
    {
    }

    public TimeProvider Time => connection.Time;

    public Uri Server => Transport.Server;

    /// <summary>What the user should know about the way to the server.</summary>
    public IReadOnlyList<string> Warnings => Transport.Warnings;

    /// <summary>What is counted and collected of the calls of this client.</summary>
    public ApiScope Scope => scope;

    /// <summary>The failure of all calls for some time; null when the server answers.</summary>
    public ClusterUnreachableException? Outage => connection.Outage.Cause is { } cause ? new ClusterUnreachableException(Server, cause) : null;

    private IClusterTransport Transport => connection.Transport;

    /// <summary>A client over the same connection whose calls are counted apart. It needs no disposal.</summary>
    public ApiClient ForItself() => new(connection, new ApiScope());

    public async Task<JsonObject> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            await Transport.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
            var outcome = await TryInTurnAsync(request, cancellationToken).ConfigureAwait(false);
            if (outcome.Answer is { } answer)
            {
                return answer;
            }

            var failure = outcome.Failure!;
            if (failure is ApiFailure { Code: HttpStatusCode.Unauthorized } refused)
            {
                if (renewed || !await Transport.RenewAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw Explained(refused);
                }

                renewed = true;
                continue;
            }

            var policy = RetryPolicy.For(failure, request, outcome.RetryAfter, connection.Outage.HasAnswered, connection.Fresh);
            if (policy is null || attempt >= policy.Attempts)
            {
                throw Final(failure);
            }

            if (failure is not ApiFailure && connection.Outage.Hopeless is { } began)
            {
                throw Final(began);
            }

            if (policy.IsCharged && !scope.Budget.TrySpend(failure, out var first))
            {
                throw Final(first);
            }

            await Task.Delay(policy.Delay(attempt, outcome.RetryAfter, Random.Shared), Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens an answer that is read as it comes; the caller disposes it. Not repeated.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await Transport.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await TryOpenAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Unauthorized)
        {
            return await Transport.RenewAsync(cancellationToken).ConfigureAwait(false)
                ? await TryOpenAsync(request, cancellationToken).ConfigureAwait(false)
                : throw Explained(failure);
        }
    }

    /// <summary>Opens a connection that goes on in both directions; the caller disposes it. Not repeated.</summary>
    public async Task<WebSocket> ConnectAsync(ApiRequest request, string subprotocol, CancellationToken cancellationToken)
    {
        await Transport.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
        return await Transport.ConnectAsync(new Uri(Server, request.Address), subprotocol, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => connection.Dispose();

    private async Task<HttpResponseMessage> TryOpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = ToMessage(request);
        using var timeout = new TimeLimit(AnswerTimeout, Time, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await Transport.SendAsync(message, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {AnswerTimeout.TotalSeconds:0} s");
        }

        connection.Outage.Answered();
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(timeout.Token).ConfigureAwait(false);
            throw ApiFailure.Parse(response.StatusCode, body, request.Subject);
        }
    }

    // Reads are cheap, and a lock that waited in a queue would be lost.
    private async Task<Outcome> TryInTurnAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsWrite || request.IsOfLock)
        {
            return await TryAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var ofDeploy = await scope.Writes.EnterAsync(cancellationToken).ConfigureAwait(false);
        var answer = WriteAnswer.Failed;
        try
        {
            var ofProcess = await connection.Writes.EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var outcome = await TryAsync(request, cancellationToken).ConfigureAwait(false);
                answer = outcome.Meaning;
                return outcome;
            }
            finally
            {
                connection.Writes.Leave(ofProcess, answer);
            }
        }
        finally
        {
            scope.Writes.Leave(ofDeploy, answer);
        }
    }

    private async Task<Outcome> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var patience = connection.Outage.HasAnswered ? request.Patience ?? AnswerTimeout : FirstAnswerTimeout;
        // What is asked for may take effect whether its answer is heard or not: better to hear it.
        using var stop = new DelayedStop(request.IsWrite && !request.IsDryRun ? LastAnswerTimeout : TimeSpan.Zero, Time, cancellationToken);
        using var timeout = new TimeLimit(patience, Time, stop.Token);
        try
        {
            var outcome = await AskAsync(request, timeout.Token).ConfigureAwait(false);
            Learn(request, outcome);
            return outcome;
        }
        catch (OperationCanceledException) when (!stop.Token.IsCancellationRequested)
        {
            return Unanswered(request, new TimeoutException($"no answer within {patience.TotalSeconds:0} s"), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            scope.Log.Abandoned(request);
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            return Unanswered(request, failure, cancellationToken);
        }
    }

    private async Task<Outcome> AskAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = ToMessage(request);
        using var response = await Transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
        connection.Outage.Answered();
        scope.Warnings.Take(response);
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? new Outcome(Parse(body), null, null)
            : new Outcome(null, ApiFailure.Parse(response.StatusCode, body, request.Subject), RetryAfter(response));
    }

    private void Learn(ApiRequest request, Outcome outcome)
    {
        if (outcome.Answer is not null)
        {
            scope.Budget.Succeeded();
            scope.Log.Took(request);
        }

        if (outcome.Answer is not null || outcome.Failure is ApiFailure { IsAlreadyThere: true })
        {
            connection.Fresh.Made(request);
        }
    }

    private Outcome Unanswered(ApiRequest request, Exception failure, CancellationToken cancellationToken)
    {
        // Half an answer is one too.
        if (failure is not JsonException)
        {
            connection.Outage.NotAnswered(failure);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // It will not be asked again.
            scope.Log.Abandoned(request);
        }

        return new Outcome(null, failure, null);
    }

    private Exception Final(Exception failure) => failure is ApiFailure ? failure : new ClusterUnreachableException(Server, failure);

    private ApiFailure Explained(ApiFailure failure) => new(failure.Code, failure.Reason, failure.Message, failure.Causes, failure.Subject)
    {
        Refusal = Transport.ExplainRefusal(),
    };

    // A cut-off body is an accident like a reset connection: the JsonException makes it one.
    private static JsonObject Parse(string body) => JsonNode.Parse(body) as JsonObject ?? throw new JsonException("not an object");

    private HttpRequestMessage ToMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(Server, request.Address)) { Version = HttpVersion.Version20 };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue(Names.FieldManager, null));
        message.Options.Set(IClusterTransport.IsWatch, request.IsWatch);
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
        { Date: { } date } when date > Time.GetUtcNow() => date - Time.GetUtcNow(),
        _ => null,
    };

    private readonly record struct Outcome(JsonObject? Answer, Exception? Failure, TimeSpan? RetryAfter)
    {
        public WriteAnswer Meaning => Failure switch
        {
            null => WriteAnswer.Taken,
            ApiFailure { Code: HttpStatusCode.TooManyRequests } => WriteAnswer.TooMany,
            _ => WriteAnswer.Failed,
        };
    }
}
