using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>
/// While the pipeline drains, every answer ends its connection: a caller that keeps one would send its next request just
/// when the server closes it, and lose it. On its next connection it reaches another replica.
/// </summary>
internal sealed class DrainFilter(RunGate gate) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, continuation) =>
        {
            // When the answer begins, which may be long after the request did. Later HTTP versions say it in their own way.
            if (HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.OnStarting(EndConnection, context);
            }

            return continuation(context);
        });
        next(app);
    };

    private Task EndConnection(object context)
    {
        if (gate.State == ServingState.Draining)
        {
            ((HttpContext)context).Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
