using AspireK8sDeployer.Serving.Lifecycle;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Answers probes: whether the process lives, and whether it wants invocations.</summary>
internal sealed class HealthEndpoints(RunGate gate)
{
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, "alive");

    public Task ReadyAsync(HttpContext context) => gate.State == ServingState.Healthy
        ? WriteAsync(context, StatusCodes.Status200OK, NameOf(ServingState.Healthy))
        : WriteAsync(context, StatusCodes.Status503ServiceUnavailable, NameOf(gate.State));

    public static string NameOf(ServingState state) => state switch
    {
        ServingState.Starting => "starting",
        ServingState.Healthy => "healthy",
        _ => "draining",
    };

    private static Task WriteAsync(HttpContext context, int status, string text) =>
        JsonAnswer.WriteAsync(context, status, "application/json", new HealthAnswer(text), ServingJson.Plain.HealthAnswer);
}
