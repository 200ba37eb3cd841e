using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>PUT of an object, or of a subresource that has the object's own kind.</summary>
internal static class UpdateHandler
{
    public static async Task UpdateAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = WriteOptions.Read(context, "UpdateOptions");
        var obj = await RequestBody.DecodeAsync(context, context.Resource, options).ConfigureAwait(false);
        CheckName(context.Info.Name, context.Namespace, obj);
        ObjectTypes.Default(context.Resource, obj);
        var write = context.Write(options) with { IsReplacement = true };
        var mayCreate = context.Resource.Traits.HasFlag(ResourceTraits.CreateOnUpdate);
        var result = context.Parts.Updater.Update(write, mayCreate, live =>
        {
            ServerSideApply.TrackUpdate(write.Resource, live, obj, write.Manager, write.Subresource, context.Parts.Time.GetUtcNow());
            return obj;
        });
        await Answers.ObjectAsync(context, format, result.Created ? 201 : 200, result.Object).ConfigureAwait(false);
    }

    /// <summary>The body must name the object that the path names.</summary>
    public static void CheckName(string name, string ns, JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        var given = metadata.Text("name");
        if (given.Length == 0)
        {
            throw ApiException.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        }

        if (given != name)
        {
            throw ApiException.BadRequest($"the name of the object ({given}) does not match the name on the URL ({name})");
        }

        if (metadata.Text("namespace") is { Length: > 0 } givenNamespace && givenNamespace != ns && ns.Length > 0)
        {
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }
}
