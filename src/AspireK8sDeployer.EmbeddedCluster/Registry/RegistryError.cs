using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>The failures of the distribution specification.</summary>
internal sealed record RegistryError(int Status, string Code, string Message)
{
    public static readonly RegistryError Unauthorized = new(401, "UNAUTHORIZED", "authentication required");
    public static readonly RegistryError NameInvalid = new(400, "NAME_INVALID", "invalid repository name");
    public static readonly RegistryError NameUnknown = new(404, "NAME_UNKNOWN", "repository name not known to registry");
    public static readonly RegistryError ManifestUnknown = new(404, "MANIFEST_UNKNOWN", "manifest unknown");
    public static readonly RegistryError BlobUnknown = new(404, "BLOB_UNKNOWN", "blob unknown to registry");
    public static readonly RegistryError UploadUnknown = new(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    public static readonly RegistryError RangeInvalid = new(416, "BLOB_UPLOAD_INVALID", "chunk does not follow the last one");
    public static readonly RegistryError DigestInvalid = new(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    public static readonly RegistryError Unsupported = new(405, "UNSUPPORTED", "the operation is unsupported");

    public static RegistryError ManifestInvalid(string problem) => new(400, "MANIFEST_INVALID", problem);

    public static RegistryError ManifestBlobUnknown(string digest) => new(404, "MANIFEST_BLOB_UNKNOWN", $"blob unknown to registry: {digest}");

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        var body = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject { ["code"] = Code, ["message"] = Message }),
        };
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
