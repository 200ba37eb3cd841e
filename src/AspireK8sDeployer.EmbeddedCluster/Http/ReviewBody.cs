using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Reads the question of a review.</summary>
internal static class ReviewBody
{
    public static async Task<JsonObject> ReadAsync(ApiContext context)
    {
        var options = WriteOptions.Read(context, "CreateOptions");
        var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var decoded = ObjectTypes.Decode(context.Resource, body.Bytes, body.IsYaml, options.Validation);
        context.Warnings.AddRange(decoded.Warnings);
        ServerSideApply.TrackUpdate(context.Resource, null, decoded.Object, context.Manager, null, context.Parts.Time.GetUtcNow());
        return decoded.Object;
    }
}
