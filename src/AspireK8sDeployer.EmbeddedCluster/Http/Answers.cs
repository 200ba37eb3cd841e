using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;
using AspireK8sDeployer.EmbeddedCluster.Tables;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Writes answers: objects in the shape that the client asked for, Statuses, and plain text.</summary>
internal static class Answers
{
    private static readonly AnswerShape[] ForOne = [AnswerShape.Table, AnswerShape.PartialObjectMetadata, AnswerShape.PartialObjectMetadataList];

    /// <summary>The format for an answer that is one object.</summary>
    public static AnswerFormat FormatOf(HttpContext http) => AcceptHeader.Choose(Accept(http), ForOne);

    public static string? Accept(HttpContext http) => http.Request.Headers.Accept.Count == 0 ? null : http.Request.Headers.Accept.ToString();

    /// <summary>One object of a resource.</summary>
    public static Task ObjectAsync(ApiContext context, AnswerFormat format, int code, JsonObject obj, ResourceDefinition? kind = null)
    {
        var resource = kind ?? context.Resource;
        var body = format.Shape switch
        {
            AnswerShape.Table => TablePrinter.Print(context.Parts, resource, [obj], format.Version, IncludeObject(context), VersionOf(obj)),
            AnswerShape.PartialObjectMetadata => Partial(obj, format.Version),
            AnswerShape.PartialObjectMetadataList => throw new ApiException(
                406, "NotAcceptable", $"you requested PartialObjectMetadataList, but the requested object is not a list (*{GoPackage(resource)}.{resource.Kind})"),
            _ => obj,
        };
        AddWarnings(context);
        return BytesAsync(context.Http, code, format, JsonBytes.Of(body));
    }

    /// <summary>A Status, or any other object that has no columns and no metadata to show.</summary>
    public static Task PlainAsync(HttpContext http, int code, JsonObject obj) => BytesAsync(http, code, AnswerFormat.Json, JsonBytes.Of(obj));

    /// <summary>The Status for a POST that makes no object of its own: a binding, an eviction.</summary>
    public static Task DoneAsync(HttpContext http) => PlainAsync(http, 201, new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["code"] = 201,
    });

    public static Task FailureAsync(HttpContext http, ApiException failure)
    {
        if (failure.Details?.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return PlainAsync(http, failure.Code, failure.ToStatus());
    }

    public static Task TextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    public static async Task BytesAsync(HttpContext http, int code, AnswerFormat format, ReadOnlyMemory<byte> json)
    {
        var body = format.Yaml ? YamlAnswer.FromJson(json.Span) : json;
        http.Response.StatusCode = code;
        http.Response.ContentType = format.ContentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-cache, private";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    public static JsonObject Partial(JsonObject obj, string version) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = obj.MetadataOf().DeepClone(),
    };

    /// <summary>Which part of each object the rows of a Table carry; 400 for what is none.</summary>
    public static string IncludeObject(ApiContext context) => context.Query("includeObject") switch
    {
        null or "" or "Metadata" => "Metadata",
        "None" => "None",
        "Object" => "Object",
        var wrong => throw ApiException.BadRequest(
            $"Unable to convert to Table as requested: includeObject: Invalid value: \"{wrong}\": must be 'Metadata', 'Object', 'None', or empty"),
    };

    /// <summary>How messages of a server in Go name the package of a kind.</summary>
    public static string GoPackage(ResourceDefinition resource) => resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];

    public static string VersionOf(JsonObject obj) => obj.MetadataOf().Text("resourceVersion");

    public static void AddWarnings(ApiContext context)
    {
        foreach (var warning in context.Warnings.Distinct())
        {
            var text = new StringBuilder(warning).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", " ");
            context.Http.Response.Headers.Append("Warning", $"299 - \"{text}\"");
        }
    }
}
