using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Http;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary><c>/openapi/v3</c>: an index, and a document per group version.</summary>
internal static class OpenApiHandler
{
    public static Task HandleAsync(ServerParts parts, HttpContext http, string[] path)
    {
        if (path.Length == 2)
        {
            var paths = new JsonObject();
            foreach (var (address, _, _) in Versions(parts))
            {
                paths[address] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{address}?hash=0" };
            }

            return Answers.PlainAsync(http, 200, new JsonObject { ["paths"] = paths });
        }

        return Answers.TextAsync(http, 404, NonResourceHandler.NotFound);
    }

    private static IEnumerable<(string Path, string Group, string Version)> Versions(ServerParts parts) => parts.Table.All
        .Select(row => (row.Group, row.Version)).Distinct()
        .Select(v => (v.Group.Length == 0 ? $"api/{v.Version}" : $"apis/{v.Group}/{v.Version}", v.Group, v.Version));
}
