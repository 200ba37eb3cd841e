using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Access;

/// <summary>
/// Asks for a bearer key on every path but those of probes, which have none to show. It comes before routing, so that nobody
/// learns without a key which paths there are.
/// </summary>
internal sealed class AuthFilter(AuthKeys keys) : IStartupFilter
{
    private const string Scheme = "Bearer";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (keys.IsAsked)
        {
            app.Use((context, continuation) => IsProbe(context.Request.Path) ? continuation(context) : CheckAsync(context, continuation));
        }

        next(app);
    };

    private static bool IsProbe(PathString path) =>
        path.Value?.TrimEnd('/') is { } text
        && (text.Equals(PipelinePaths.Health, StringComparison.OrdinalIgnoreCase) || text.Equals(PipelinePaths.HealthLive, StringComparison.OrdinalIgnoreCase));

    private Task CheckAsync(HttpContext context, RequestDelegate continuation)
    {
        var given = KeyOf(context.Request);
        if (given is not null && keys.Contain(given))
        {
            return continuation(context);
        }

        context.Response.Headers.WWWAuthenticate = given is null ? Scheme : $"{Scheme} error=\"invalid_token\"";
        return Problem.WriteAsync(
            context, StatusCodes.Status401Unauthorized,
            given is null ? "Send the pipeline's key with the header 'Authorization: Bearer <key>'." : "The key is not one of the pipeline's.");
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
        && header[(Scheme.Length + 1)..].Trim() is { Length: > 0 } key
            ? key
            : null;
}
