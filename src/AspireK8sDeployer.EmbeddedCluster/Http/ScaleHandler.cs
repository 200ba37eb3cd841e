using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>The <c>scale</c> subresource: how many there are and should be, seen the same way for every kind that has it.</summary>
internal static class ScaleHandler
{
    public static Task GetAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var stored = context.Parts.Store.Get(context.Resource, context.Namespace, context.Info.Name)
            ?? throw ApiException.NotFound(context.Resource, context.Info.Name);
        return Answers.ObjectAsync(context, format, 200, Show(context.Resource, Conversion.Read(stored, context.Resource)), Row(context));
    }

    public static async Task UpdateAsync(ApiContext context)
    {
        var format = Answers.FormatOf(context.Http);
        var options = WriteOptions.Read(context, "UpdateOptions");
        var scale = await RequestBody.DecodeAsync(context, Row(context), options).ConfigureAwait(false);
        UpdateHandler.CheckName(context.Info.Name, context.Namespace, scale);
        var updated = Write(context, options, live =>
        {
            Track(context, live, scale);
            return scale;
        });
        await Answers.ObjectAsync(context, format, 200, updated, Row(context)).ConfigureAwait(false);
    }

    /// <summary>The kind of the body.</summary>
    public static ResourceDefinition Row(ApiContext context) => ScaleKind.Row(context.Resource);

    /// <summary>
    /// Changes the number by what <paramref name="change"/> makes of the present scale, owners of its field included; returns the new scale.
    /// </summary>
    public static JsonObject Write(ApiContext context, WriteOptions options, Func<JsonObject, JsonObject> change)
    {
        var write = context.Write(options);
        var result = context.Parts.Updater.Update(write, mayCreate: false, live =>
        {
            var before = Show(write.Resource, live!);
            if (ScaleOwnership.ToScale(write.Resource, live!) is { } owners)
            {
                before.MetadataOf()["managedFields"] = owners;
            }

            var scale = change(before);
            Check(write.Name, scale);
            var updated = live!.DeepClone().AsObject();
            ScaleKind.SetReplicas(write.Resource, updated, scale.Number("spec", "replicas"));
            Carry(scale.MetadataOf(), updated.MetadataOf(), "resourceVersion");
            Carry(scale.MetadataOf(), updated.MetadataOf(), "uid");
            ScaleOwnership.ToObject(write.Resource, scale, updated);
            return updated;
        });
        return Show(write.Resource, result.Object);
    }

    /// <summary>Notes that the change from <paramref name="live"/> is this manager's.</summary>
    public static void Track(ApiContext context, JsonObject live, JsonObject scale) => ServerSideApply.TrackUpdate(
        Row(context), live, scale, context.Manager, context.Subresource, context.Parts.Time.GetUtcNow());

    public static JsonObject Show(ResourceDefinition resource, JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        var shown = new JsonObject();
        foreach (var field in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
        {
            if (metadata[field] is { } value)
            {
                shown[field] = value.DeepClone();
            }
        }

        var wanted = ScaleKind.Replicas(resource, obj);
        var status = new JsonObject { ["replicas"] = ScaleKind.CurrentReplicas(resource, obj) };
        if (ScaleKind.Selector(resource, obj) is { Length: > 0 } selector)
        {
            status["selector"] = selector;
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = shown,
            ["spec"] = wanted == 0 ? [] : new JsonObject { ["replicas"] = wanted },
            ["status"] = status,
        };
    }

    private static void Check(string name, JsonObject scale)
    {
        if (scale.Number("spec", "replicas") is < 0 and var replicas)
        {
            throw ApiException.Invalid("autoscaling", "Scale", name, [new StatusCause(
                "FieldValueInvalid", $"Invalid value: {replicas}: must be greater than or equal to 0", "spec.replicas")]);
        }
    }

    private static void Carry(JsonObject from, JsonObject to, string field)
    {
        to.Remove(field);
        if (from[field] is { } value)
        {
            to[field] = value.DeepClone();
        }
    }
}
