using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>PATCH of an object or a subresource, in the four ways there are.</summary>
internal static class PatchHandler
{
    private const string ApplyType = "application/apply-patch+yaml";

    public static async Task PatchAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var type = RequestBody.TypeOf(context);
        if (type is not ("application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json" or ApplyType))
        {
            throw new ApiException(415, "UnsupportedMediaType", "415: Unsupported Media Type", new StatusDetails());
        }

        var isApply = type == ApplyType;
        var options = WriteOptions.Read(context, "PatchOptions", isApply);
        var body = await context.ReadBodyAsync().ConfigureAwait(false);
        var result = isApply ? Apply(context, options, body) : throw new NotSupportedException(type);
        await Answers.ObjectAsync(context, format, result.Created ? 201 : 200, result.Object).ConfigureAwait(false);
    }

    private static UpdateResult Apply(ApiContext context, WriteOptions options, byte[] body)
    {
        var applied = ApplyBody.Read(body);
        var write = context.Write(options);
        return context.Parts.Updater.Update(write, mayCreate: context.Subresource is null, live =>
        {
            var merged = ServerSideApply.Apply(
                write.Resource, live, applied, write.Manager, options.Force, write.Subresource, context.Parts.Time.GetUtcNow());
            UpdateHandler.CheckName(write.Name, write.Namespace, merged);
            ObjectTypes.Default(write.Resource, merged);
            return merged;
        });
    }
}
