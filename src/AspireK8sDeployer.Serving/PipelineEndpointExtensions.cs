using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps pipelines to the endpoints by which they are called.</summary>
public static class PipelineEndpointExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Serves a pipeline: <c>POST /invoke</c> runs it, <c>GET /info</c> describes it, and <c>GET /health</c> and
    /// <c>GET /health/live</c> answer probes.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="name">The pipeline's name: letters, digits, '-', '_' and '.'.</param>
    /// <param name="handler">
    /// The pipeline. Its parameters are bound by name from <c>parameters</c> of the request; a <see cref="PipelineRun"/>, a
    /// <see cref="CancellationToken"/> and registered services by their type. What it returns becomes <c>outputs</c>.
    /// </param>
    /// <returns>The conventions of the endpoints but for the health ones, for example to require authorization.</returns>
    /// <exception cref="InvalidOperationException">The handler cannot be a pipeline; the message says why and what to change.</exception>
    /// <example>
    /// <code>
    /// app.MapPipeline("greeter", async (string name, PipelineRun run) =&gt;
    ///     await run.StepAsync("greet", () =&gt; Task.FromResult($"Hello, {name}!")));
    /// </code>
    /// </example>
    public static IEndpointConventionBuilder MapPipeline(this IEndpointRouteBuilder endpoints, string name, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(handler);

        var services = endpoints.ServiceProvider;
        var catalog = services.GetService<PipelineCatalog>()
            ?? throw new InvalidOperationException(
                $"Pipeline '{name}' cannot be mapped: what it needs is not registered.\n  → call builder.AddPipelines() before builder.Build()");
        var pipeline = catalog.Add(name, handler);
        var info = ActivatorUtilities.CreateInstance<InfoEndpoint>(services, pipeline);
        var invoke = ActivatorUtilities.CreateInstance<InvokeEndpoint>(services, pipeline, catalog.Options);
        var health = services.GetRequiredService<HealthEndpoints>();

        endpoints.MapMethods(PipelinePaths.Health, Reading, health.ReadyAsync).WithDisplayName("pipeline health");
        endpoints.MapMethods(PipelinePaths.HealthLive, Reading, HealthEndpoints.LiveAsync).WithDisplayName("pipeline liveness");

        var guarded = endpoints.MapGroup("");
        guarded.MapMethods(PipelinePaths.Info, Reading, info.HandleAsync).WithDisplayName($"describe {name}");
        guarded.MapPost(PipelinePaths.Invoke, invoke.HandleAsync).WithDisplayName($"invoke {name}");
        return guarded;
    }
}
