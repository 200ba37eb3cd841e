using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Patch;
using AspireK8sDeployer.EmbeddedCluster.Resources;
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

        if (type == "application/strategic-merge-patch+json" && context.Resource.CustomVersion is not null)
        {
            // Nothing is known of the lists of custom resources that the merge would need.
            throw new ApiException(
                415,
                "UnsupportedMediaType",
                $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, {ApplyType}");
        }

        var isApply = type == ApplyType;
        var options = WriteOptions.Read(context, "PatchOptions", isApply);
        var body = await context.ReadBodyAsync().ConfigureAwait(false);
        if (context.Subresource == "scale")
        {
            var scale = ScaleHandler.Write(context, options, live => PatchedScale(context, type, options, live, body));
            await Answers.ObjectAsync(context, format, 200, scale, ScaleHandler.Row(context)).ConfigureAwait(false);
            return;
        }

        var result = isApply ? Apply(context, options, body) : Patch(context, type, options, body);
        await Answers.ObjectAsync(context, format, result.Created ? 201 : 200, result.Object).ConfigureAwait(false);
    }

    private static UpdateResult Patch(ApiContext context, string type, WriteOptions options, byte[] body)
    {
        var write = context.Write(options);
        return context.Parts.Updater.Update(write, mayCreate: false, live =>
        {
            var patched = Patched(context, write.Resource, type, options, live!, body);
            UpdateHandler.CheckName(write.Name, write.Namespace, patched);
            ObjectTypes.Default(write.Resource, patched);
            ServerSideApply.TrackUpdate(write.Resource, live, patched, write.Manager, write.Subresource, context.Parts.Time.GetUtcNow());
            return patched;
        });
    }

    private static JsonObject PatchedScale(ApiContext context, string type, WriteOptions options, JsonObject live, byte[] body)
    {
        var row = ScaleHandler.Row(context);
        if (type == ApplyType)
        {
            return ServerSideApply.Apply(
                row, live, ApplyBody.Read(body), context.Manager, options.Force, context.Subresource, context.Parts.Time.GetUtcNow());
        }

        var patched = Patched(context, row, type, options, live, body);
        ScaleHandler.Track(context, live, patched);
        return patched;
    }

    private static JsonObject Patched(
        ApiContext context, ResourceDefinition resource, string type, WriteOptions options, JsonObject live, byte[] body)
    {
        var patched = type switch
        {
            "application/json-patch+json" => Patches.JsonPatch(resource, live, body, options.Validation),
            "application/merge-patch+json" => Patches.MergePatch(resource, live, body, options.Validation),
            _ => Patches.StrategicMergePatch(resource, live, body, options.Validation),
        };
        context.Warnings.AddRange(patched.Warnings);
        return patched.Object;
    }

    private static UpdateResult Apply(ApiContext context, WriteOptions options, byte[] body)
    {
        var applied = ApplyBody.Read(body);
        var write = context.Write(options);
        return context.Parts.Updater.Update(write, mayCreate: context.Subresource is null || write.Resource.Traits.HasFlag(ResourceTraits.CreateOnUpdate), live =>
        {
            if (live is null)
            {
                RequireCreate(context);
            }

            var merged = ServerSideApply.Apply(
                write.Resource, live, applied, write.Manager, options.Force, write.Subresource, context.Parts.Time.GetUtcNow());
            UpdateHandler.CheckName(write.Name, write.Namespace, merged);
            ObjectTypes.Default(write.Resource, merged);
            return merged;
        });
    }

    // Whoever may apply to what is there may not therefore make what is not.
    private static void RequireCreate(ApiContext context)
    {
        var question = context.Info.ToQuestion() with { Verb = "create" };
        if (!context.Parts.Authorizer.Decide(context.User, question).Allowed)
        {
            throw ApiException.Forbidden(context.Resource, question.Name, question.Refusal(context.User));
        }
    }
}
