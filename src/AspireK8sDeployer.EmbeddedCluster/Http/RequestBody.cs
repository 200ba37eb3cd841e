using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Protobuf;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>The body of a POST or PUT, in a format that the server reads.</summary>
internal sealed record RequestBody(byte[] Bytes, bool IsYaml)
{
    /// <summary>The content type without its parameters; empty when none is given.</summary>
    public static string TypeOf(ApiContext context) =>
        (context.Http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    public static async Task<RequestBody> ReadAsync(ApiContext context)
    {
        var type = TypeOf(context);
        if (type is not ("" or "application/json" or "application/yaml" or ProtobufBody.ContentType))
        {
            throw new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }

        return new RequestBody(await context.ReadBodyAsync().ConfigureAwait(false), type == "application/yaml");
    }
}
