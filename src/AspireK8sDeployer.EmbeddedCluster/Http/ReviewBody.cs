using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Reads the question of a review.</summary>
internal static class ReviewBody
{
    public static async Task<JsonObject> ReadAsync(ApiContext context)
    {
        var options = WriteOptions.Read(context, "CreateOptions");
        var review = await RequestBody.DecodeAsync(context, context.Resource, options).ConfigureAwait(false);
        ServerSideApply.TrackUpdate(context.Resource, null, review, context.Manager, null, context.Parts.Time.GetUtcNow());
        return review;
    }
}
