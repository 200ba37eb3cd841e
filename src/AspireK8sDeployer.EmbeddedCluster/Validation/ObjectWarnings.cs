using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>What the server warns of although it accepts the object.</summary>
internal static class ObjectWarnings
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    public static IReadOnlyList<string> Of(ResourceDefinition resource, JsonObject obj, JsonObject? old) => resource switch
    {
        { Model: null } => [],
        { Group: "", Kind: "Pod" } => [.. Pod(obj, old)],
        { Group: "", Kind: "Service" } => [.. ServiceWarnings.Of(obj)],
        { Group: "", Kind: "Endpoints" } => ["v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"],
        { Group: "networking.k8s.io", Kind: "Ingress" } => [.. Ingress(obj, old)],
        { Group: "apps" or "batch" } or { Group: "", Kind: "ReplicationController" } => [.. Workload(resource.Kind, obj, old)],
        _ => [],
    };

    private static IEnumerable<string> Pod(JsonObject pod, JsonObject? old)
    {
        var name = old is null
            ? Name(pod, "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended")
            : [];
        return name.Concat(PodWarnings.Of(pod, ""));
    }

    private static List<string> Workload(string kind, JsonObject obj, JsonObject? old)
    {
        var warnings = new List<string>();
        if (old is null && kind is "Deployment" or "ReplicaSet" or "ReplicationController" or "Job")
        {
            warnings.AddRange(Name(obj, "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended"));
        }

        var spec = obj.ObjectOrNew("spec");
        var template = kind == "CronJob" ? spec.Object("jobTemplate")?.Object("spec")?.Object("template") : spec.Object("template");
        if (template is not null && (old is null || !JsonValues.Same(obj["metadata"]?["generation"], old["metadata"]?["generation"])))
        {
            warnings.AddRange(PodWarnings.Of(template, kind == "CronJob" ? "spec.jobTemplate.spec.template." : "spec.template."));
        }

        if (kind == "StatefulSet" && spec.NumberOf("revisionHistoryLimit") is < 0)
        {
            warnings.Add("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended");
        }

        return warnings;
    }

    private static IEnumerable<string> Ingress(JsonObject obj, JsonObject? old)
    {
        if (old is null
            && obj["spec"]?["ingressClassName"] is null
            && obj["metadata"]?["annotations"] is JsonObject annotations
            && annotations.ContainsKey(ClassAnnotation))
        {
            yield return $"annotation \"{ClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead";
        }
    }

    private static string[] Name(JsonObject obj, string use)
    {
        var problems = NameRules.Label(obj.ObjectOrNew("metadata").TextOf("name")).ToList();
        return problems.Count == 0 ? [] : [$"metadata.name: {use}: [{string.Join(' ', problems)}]"];
    }
}
