using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Http;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>What the server serves, in the old form (a request per group) and the aggregated one.</summary>
internal static class DiscoveryHandler
{
    public static Task HandleAsync(ServerParts parts, HttpContext http, string[] path)
    {
        var documents = new DiscoveryDocuments(parts.Table);
        var isRoot = path.Length == 1;
        var format = isRoot
            ? AcceptHeader.Choose(Answers.Accept(http), AnswerShape.AggregatedDiscovery)
            : AcceptHeader.Choose(Answers.Accept(http));
        if (format.Shape == AnswerShape.AggregatedDiscovery)
        {
            return Answers.BytesAsync(http, 200, format, Store.JsonBytes.Of(documents.Aggregated(path[0] == "api", format.Version)));
        }

        JsonObject? document = path switch
        {
            ["api"] => DiscoveryDocuments.CoreVersions($"{http.Connection.LocalIpAddress}:{http.Connection.LocalPort}"),
            ["api", var version] => documents.Resources("", version),
            ["apis"] => documents.Groups(),
            ["apis", var group] => documents.Group(group),
            ["apis", var group, var version] => documents.Resources(group, version),
            _ => null,
        };
        if (document is not null)
        {
            return Answers.BytesAsync(http, 200, format, Store.JsonBytes.Of(document));
        }

        var groupExists = path[0] == "api" || parts.Table.All.Any(row => row.Group == path[1]);
        return groupExists && path.Length > (path[0] == "api" ? 1 : 2)
            ? throw new ApiException(404, "NotFound", "the server could not find the requested resource", new StatusDetails())
            : Answers.TextAsync(http, 404, NonResourceHandler.NotFound);
    }
}
