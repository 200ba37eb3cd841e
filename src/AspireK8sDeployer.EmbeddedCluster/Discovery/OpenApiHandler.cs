using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Http;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary><c>/openapi/v3</c>: an index, and a document per group version. A document's address changes with its content.</summary>
internal static class OpenApiHandler
{
    // By the rows: the built-in kinds never change, so that their documents are written once a process.
    private static readonly ConcurrentDictionary<string, (ResourceDefinition[] Rows, byte[] Json)> Written = new();

    public static Task HandleAsync(ServerParts parts, HttpContext http, string[] path)
    {
        if (path.Length == 2)
        {
            return IndexAsync(parts, http);
        }

        var address = string.Join('/', path[2..]);
        var rows = parts.Table.All.Where(row => AddressOf(row) == address).ToArray();
        if (rows.Length == 0)
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        // Clients ask for protobuf too, but take JSON when they say so.
        var accept = Answers.Accept(http) ?? "";
        if (accept.Length > 0 && !accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("*/*", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 406;
            return Task.CompletedTask;
        }

        return Answers.BytesAsync(http, 200, AnswerFormat.Json, Document(address, rows));
    }

    private static Task IndexAsync(ServerParts parts, HttpContext http)
    {
        var paths = new JsonObject();
        foreach (var plain in (string[])["api", "apis", "version"])
        {
            paths[plain] = Entry(plain, plain);
        }

        foreach (var group in parts.Table.All.GroupBy(AddressOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            // Which kinds, and for custom ones their schema: what the document is made from.
            var content = string.Join('\n', group.Select(row => $"{row} {row.CustomVersion?.ToJsonString()}"));
            paths[group.Key] = Entry(group.Key, content);
        }

        // The content type of a real server here, odd as it is.
        var format = AnswerFormat.Json with { ContentType = "text/plain; charset=utf-8" };
        return Answers.BytesAsync(http, 200, format, JsonBytes.Of(new JsonObject { ["paths"] = paths }));
    }

    private static JsonObject Entry(string address, string content) => new()
    {
        ["serverRelativeURL"] = $"/openapi/v3/{address}?hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ServerVersion.Text + content)))}",
    };

    private static string AddressOf(ResourceDefinition row) => row.Group.Length == 0 ? $"api/{row.Version}" : $"apis/{row.ApiVersion}";

    private static byte[] Document(string address, ResourceDefinition[] rows)
    {
        if (Written.TryGetValue(address, out var known) && known.Rows.SequenceEqual(rows))
        {
            return known.Json;
        }

        var json = JsonBytes.Of(OpenApiDocument.Create(rows));
        Written[address] = (rows, json);
        return json;
    }
}
