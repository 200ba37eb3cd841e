using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Holds pods to the level that their namespace's labels name: refuses what is enforced, warns of what is only wished.</summary>
internal sealed class PodSecurity(ObjectStore store, ResourceTable table) : IAdmissionPlugin
{
    private const string Prefix = "pod-security.kubernetes.io/";

    private readonly ResourceDefinition _namespaces = table.Kind("v1", "Namespace");
    private readonly ResourceDefinition _pods = table.Kind("v1", "Pod");

    public void Validate(AdmissionRequest request)
    {
        if (request is { IsMain: true, Object: { } labelled } && request.IsCore("Namespace"))
        {
            CheckLabels(request, labelled);
            WarnOfExistingPods(request, labelled);
            return;
        }

        if (!request.IsMain || request.Object is not { } obj || PodOf(request, obj) is not { } spec
            || (request.Old is { } old && JsonValues.Same(obj["spec"], old["spec"]))
            || store.Get(_namespaces, "", request.Write.Namespace) is not { } ns)
        {
            return;
        }

        // What makes pods is never refused, only its pods are.
        var enforced = LevelOf(ns.Labels, "enforce");
        if (request.IsCore("Pod") && PodSecurityChecks.Violations(spec, enforced) is { Count: > 0 } refused)
        {
            throw ApiException.Forbidden(
                request.Write.Resource, request.Write.Name, $"violates PodSecurity \"{Name(ns.Labels, "enforce")}\": {string.Join(", ", refused)}");
        }

        var wished = LevelOf(ns.Labels, "warn");
        if (PodSecurityChecks.Violations(spec, wished) is { Count: > 0 } frowned)
        {
            request.Write.Warnings.Add($"would violate PodSecurity \"{Name(ns.Labels, "warn")}\": {string.Join(", ", frowned)}");
        }
    }

    private static void CheckLabels(AdmissionRequest request, JsonObject ns)
    {
        var labels = ns.MetadataOf().Object("labels") ?? [];
        var problems = ((string[])["enforce", "audit", "warn"])
            .Select(mode => Prefix + mode)
            .Where(label => labels.TextOf(label) is not ("" or "privileged" or "baseline" or "restricted"))
            .Select(label => new StatusCause(
                "FieldValueInvalid",
                $"Invalid value: {ServerText.Quote(labels.TextOf(label))}: must be one of privileged, baseline, restricted",
                $"metadata.labels[{label}]"))
            .ToList();
        if (problems.Count > 0)
        {
            throw ApiException.Invalid(request.Write.Resource, request.Write.Name, problems);
        }
    }

    private void WarnOfExistingPods(AdmissionRequest request, JsonObject ns)
    {
        var labels = Labels(ns);
        if (request.Old is not { } old || Name(labels, "enforce") == Name(Labels(old), "enforce"))
        {
            return;
        }

        var name = request.Write.Name;
        var pods = store.ShelfOf(_pods).Objects.Values.Where(pod => pod.Namespace == name);
        request.Write.Warnings.AddRange(ExistingPods.Warnings(name, pods, LevelOf(labels, "enforce"), Name(labels, "enforce")));
    }

    private static Dictionary<string, string> Labels(JsonObject obj) =>
        (obj.MetadataOf().Object("labels") ?? []).ToDictionary(label => label.Key, label => label.Value.AsText() ?? "");

    private static JsonObject? PodOf(AdmissionRequest request, JsonObject obj) => request.Write.Resource.Kind switch
    {
        _ when request.Write.Resource.Model is null => null,
        "Pod" => obj.Object("spec"),
        "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" or "Job" or "ReplicationController" =>
            obj.Object("spec")?.Object("template")?.Object("spec"),
        "PodTemplate" => obj.Object("template")?.Object("spec"),
        "CronJob" => obj.Object("spec")?.Object("jobTemplate")?.Object("spec")?.Object("template")?.Object("spec"),
        _ => null,
    };

    private static PodSecurityLevel LevelOf(IReadOnlyDictionary<string, string> labels, string mode) => labels.GetValueOrDefault(Prefix + mode) switch
    {
        "baseline" => PodSecurityLevel.Baseline,
        "restricted" => PodSecurityLevel.Restricted,
        _ => PodSecurityLevel.Privileged,
    };

    private static string Name(IReadOnlyDictionary<string, string> labels, string mode) =>
        $"{LevelOf(labels, mode).ToString().ToLowerInvariant()}:{labels.GetValueOrDefault($"{Prefix}{mode}-version", "latest")}";
}
