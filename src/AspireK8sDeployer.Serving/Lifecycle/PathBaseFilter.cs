using AspireK8sDeployer.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>
/// Answers under the path of an ingress as well as without it. As a start-up filter it comes before the routing that
/// WebApplication adds by itself; a call in Program.cs would come after.
/// </summary>
internal sealed class PathBaseFilter(IConfiguration configuration) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        var path = configuration[$"{PipelineEnvironment.Section}:PathBase"]?.Trim().TrimEnd('/');
        if (string.IsNullOrEmpty(path))
        {
            return next;
        }

        if (!path.StartsWith('/'))
        {
            throw new InvalidOperationException(
                $"{PipelineEnvironment.PathBase} is '{path}', which is not a path.\n  → start it with '/', such as '/{path}'");
        }

        return app => next(app.UsePathBase(path));
    }
}
