using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Faults;

internal sealed class AnswerEffect(int code, TimeSpan? retryAfter, string? reason, string? message) : ApiFaultEffect
{
    public bool ForWatches { get; init; }

    internal override bool IsForWatches => ForWatches;

    internal override Task RunAsync(FaultedCall call)
    {
        var seconds = retryAfter is { } time ? (int)Math.Ceiling(time.TotalSeconds) : (int?)null;
        var details = new StatusDetails { RetryAfterSeconds = seconds };
        return Answers.FailureAsync(call.Http, new ApiException(code, reason ?? UsualReason, message ?? UsualMessage, details));
    }

    private string UsualReason => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        410 => "Expired",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "",
    };

    private string UsualMessage => code switch
    {
        409 => "Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again",
        410 => WatchEffect.TooOld,
        429 => "The server has received too many requests and has asked us to try again later",
        500 => "Internal error occurred: injected",
        503 => "the server is currently unable to handle the request",
        504 => "Timeout: request did not complete within requested timeout",
        _ => "injected",
    };
}
