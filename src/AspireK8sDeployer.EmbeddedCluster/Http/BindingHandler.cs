using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>POST of <c>pods/binding</c>: puts a pod on a node.</summary>
internal static class BindingHandler
{
    public static async Task BindAsync(ApiContext context)
    {
        var options = WriteOptions.Read(context, "CreateOptions");
        var binding = JsonNode.Parse(await context.ReadBodyAsync().ConfigureAwait(false)) as JsonObject ?? [];
        var node = binding.Text("target", "name");
        if (node.Length == 0)
        {
            throw ApiException.Invalid("", "Binding", context.Info.Name, [new StatusCause("FieldValueRequired", "Required value", "target.name")]);
        }

        context.Parts.Updater.Update(context.Write(options), mayCreate: false, live => Bound(context, live!, node));
        await Answers.DoneAsync(context.Http).ConfigureAwait(false);
    }

    private static JsonObject Bound(ApiContext context, JsonObject pod, string node)
    {
        if (pod.IsBeingDeleted())
        {
            throw ApiException.Conflict(context.Resource, context.Info.Name, $"pod {context.Info.Name} is being deleted, cannot be assigned to a host");
        }

        if (pod.Text("spec", "nodeName") is { Length: > 0 } taken)
        {
            throw new ApiException(
                409,
                "Conflict",
                $"Operation cannot be fulfilled on pods/binding \"{context.Info.Name}\": pod {context.Info.Name} is already assigned to node \"{taken}\"",
                new StatusDetails(context.Info.Name, "", "pods/binding"));
        }

        pod["spec"]!["nodeName"] = node;
        var now = Metadata.Timestamp(context.Parts.Time.GetUtcNow());
        var status = pod["status"]!.AsObject();
        var others = status.Objects("conditions").Where(c => c.Text("type") != "PodScheduled").Select(c => (JsonNode)c.DeepClone());
        status["conditions"] = new JsonArray([.. others, new JsonObject
        {
            ["type"] = "PodScheduled", ["observedGeneration"] = pod["metadata"]!["generation"]?.DeepClone(), ["status"] = "True", ["lastProbeTime"] = null, ["lastTransitionTime"] = now,
        }]);
        return pod;
    }
}
