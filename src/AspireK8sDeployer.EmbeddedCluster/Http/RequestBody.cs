using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Protobuf;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>The body of a POST or PUT, in a format that the server reads.</summary>
internal static class RequestBody
{
    /// <summary>The content type without its parameters; empty when none is given.</summary>
    public static string TypeOf(ApiContext context) =>
        (context.Http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The object in the body, of the kind that it must be; what is odd about it is added to the request's warnings.</summary>
    public static async Task<JsonObject> DecodeAsync(ApiContext context, ResourceDefinition kind, WriteOptions options)
    {
        var type = TypeOf(context);
        if (type is not ("" or "application/json" or "application/yaml" or ProtobufBody.ContentType))
        {
            throw new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }

        var bytes = await context.ReadBodyAsync().ConfigureAwait(false);
        var decoded = ObjectTypes.Decode(kind, bytes, yaml: type == "application/yaml", options.Validation);
        context.Warnings.AddRange(decoded.Warnings);
        return decoded.Object;
    }
}
