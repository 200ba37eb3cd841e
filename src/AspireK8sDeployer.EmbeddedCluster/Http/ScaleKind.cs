using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Tables;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Where a kind keeps the numbers and the selector of its scale; custom resources say so in their definition.</summary>
internal static class ScaleKind
{
    private static readonly ResourceDefinition Scale = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Kind = "Scale",
        ListKind = "ScaleList",
        Plural = "scales",
        Singular = "scale",
        Model = typeof(V1Scale),
    };

    /// <summary>The row of the body's kind: the same for every resource.</summary>
    public static ResourceDefinition Row(ResourceDefinition resource) => resource.FindSubresource("scale") is null ? resource : Scale;

    public static long Replicas(ResourceDefinition resource, JsonObject obj) =>
        obj.Number(ReplicasPath(resource));

    /// <summary>The fields that lead to the number that is wanted.</summary>
    public static string[] ReplicasPath(ResourceDefinition resource) => Path(resource, "specReplicasPath") ?? ["spec", "replicas"];

    public static long CurrentReplicas(ResourceDefinition resource, JsonObject obj) =>
        obj.Number(Path(resource, "statusReplicasPath") ?? ["status", "replicas"]);

    public static void SetReplicas(ResourceDefinition resource, JsonObject obj, long replicas)
    {
        var path = ReplicasPath(resource);
        var target = obj;
        foreach (var field in path[..^1])
        {
            if (target[field] is not JsonObject inner)
            {
                inner = [];
                target[field] = inner;
            }

            target = inner;
        }

        target[path[^1]] = replicas;
    }

    public static string Selector(ResourceDefinition resource, JsonObject obj)
    {
        if (resource.CustomVersion is not null)
        {
            return Path(resource, "labelSelectorPath") is { } path ? obj.Text(path) : "";
        }

        var selector = obj.At("spec", "selector");
        var text = resource.Kind == "ReplicationController" ? Cell.Labels(selector) : Cell.Selector(selector);
        return text == Cell.None ? "" : text;
    }

    private static string[]? Path(ResourceDefinition resource, string field) =>
        resource.CustomVersion.At("subresources", "scale") is JsonObject scale && scale.Text(field) is { Length: > 0 } path
            ? path.Split('.', StringSplitOptions.RemoveEmptyEntries)
            : null;
}
