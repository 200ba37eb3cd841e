using System.Text.Json;
using System.Threading.RateLimiting;
using AspireK8sDeployer.Serving.Access;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Lifecycle;
using AspireK8sDeployer.Serving.Running;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Takes an invocation, has the pipeline run, and answers with what came of it.</summary>
internal sealed class InvokeEndpoint(
    PipelineDefinition pipeline,
    PipelineOptions options,
    DeploymentIdentity deployment,
    RunGate gate,
    RunLimit limit,
    PipelineRunner runner,
    ILogger<InvokeEndpoint> logger)
{
    private const int ClientClosedRequest = 499;
    private const string JsonContentType = "application/json; charset=utf-8";

    private readonly InvocationReader _reader = new(pipeline, options);
    private readonly InvokeAnswer _answer = new(pipeline, deployment, options.SerializerOptions);

    public async Task HandleAsync(HttpContext context)
    {
        if (!JsonMediaType.Is(context.Request))
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                "Send JSON in UTF-8 with the header 'Content-Type: application/json'.").ConfigureAwait(false);
            return;
        }

        if (!gate.TryEnter())
        {
            await RefuseStoppingAsync(context).ConfigureAwait(false);
            return;
        }

        try
        {
            await EnterAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await Problem.WriteAsync(context, exception.StatusCode, exception.Message).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsCallerGone(exception, context))
        {
            // Nobody reads an answer any more; the status is for the server's own log.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest;
            }

            context.Abort(); // or the server looks for the rest of the body
        }
        catch (OperationCanceledException) when (gate.CutOff.IsCancellationRequested && !context.Response.HasStarted)
        {
            await RefuseStoppingAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // Converters and constructors of parameters are user code too, and what they throw is not for the caller.
            Log.InvocationFailed(logger, pipeline.Name, exception);
            await Problem.WriteAsync(
                context, StatusCodes.Status500InternalServerError, "The invocation could not be taken; the log says why.").ConfigureAwait(false);
        }
        finally
        {
            gate.Leave();
        }
    }

    // A connection that breaks while the body is read or the answer written is reported before the request counts as aborted.
    private static bool IsCallerGone(Exception exception, HttpContext context) =>
        exception is IOException || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    private static Task RefuseStoppingAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.Connection = "close";
        return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The pipeline is stopping. Try again.");
    }

    // Before the body is read, so that whoever waits costs next to nothing.
    private async Task EnterAsync(HttpContext context)
    {
        using var place = await WaitForPlaceAsync(context).ConfigureAwait(false);
        if (place.IsAcquired)
        {
            await InvokeAsync(context).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.RetryAfter = "1";
        await Problem.WriteAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            $"The pipeline works on {options.MaxConcurrency} invocations at a time, and {options.MaxQueued ?? options.MaxConcurrency} more wait. Try again.").ConfigureAwait(false);
    }

    // Nobody waits on when the caller is gone, or when the process cannot wait any longer.
    private async ValueTask<RateLimitLease> WaitForPlaceAsync(HttpContext context)
    {
        if (options.MaxConcurrency is null)
        {
            return await limit.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, gate.CutOff);
        return await limit.EnterAsync(ends.Token).ConfigureAwait(false);
    }

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context, options.MaxRequestBodySize).ConfigureAwait(false);
        var errors = new BindingErrors();
        Invocation? invocation;
        try
        {
            invocation = _reader.Read(body.Json.Span, errors);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(MalformedJson.Describe(exception, body.Json.Length), StatusCodes.Status400BadRequest);
        }

        if (invocation is null)
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status422UnprocessableEntity,
                $"The invocation does not fit pipeline '{pipeline.Name}'. GET /info has the schema of its parameters.",
                errors.ByPath).ConfigureAwait(false);
            return;
        }

        var outcome = await runner.RunAsync(pipeline, invocation, context.RequestAborted).ConfigureAwait(false);
        gate.CountRun();
        await AnswerAsync(context, outcome, invocation, body.Json).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, RunOutcome outcome, Invocation invocation, ReadOnlyMemory<byte> body)
    {
        using var buffer = AnswerBuffer.RentFor(_answer);
        try
        {
            _answer.Write(buffer.Writer, outcome, invocation, body.Span);
        }
        catch (Exception exception) when (outcome.End == RunEnd.Succeeded)
        {
            // User code runs here too: getters and converters of the result.
            Log.ResultNotSerialized(logger, outcome.RunId, pipeline.Name, exception);
            outcome = outcome with
            {
                End = RunEnd.Failed,
                Error = $"the result of the pipeline could not be written as JSON; the log of run {outcome.RunId} says why",
            };
            buffer.Clear();
            _answer.Write(buffer.Writer, outcome, invocation, body.Span);
        }

        var response = context.Response;
        response.StatusCode = StatusOf(outcome.End);
        response.ContentType = JsonContentType;
        response.ContentLength = buffer.Written.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(buffer.Written, context.RequestAborted).ConfigureAwait(false);
    }

    private static int StatusOf(RunEnd end) => end switch
    {
        RunEnd.Succeeded => StatusCodes.Status200OK,
        RunEnd.TimedOut => StatusCodes.Status504GatewayTimeout,
        RunEnd.ShutDown => StatusCodes.Status503ServiceUnavailable,
        RunEnd.Abandoned => ClientClosedRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
