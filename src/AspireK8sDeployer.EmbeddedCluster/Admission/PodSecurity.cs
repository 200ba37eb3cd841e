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

    public void Validate(AdmissionRequest request)
    {
        if (request is { IsMain: true, Object: { } labelled } && request.IsCore("Namespace"))
        {
            CheckLabels(request, labelled);
            return;
        }

        if (!request.IsMain || request.Object is not { } obj || PodOf(request, obj) is not { } spec
            || (request.Old is { } old && JsonValues.Same(obj["spec"], old["spec"]))
            || store.Get(_namespaces, "", request.Write.Namespace) is not { } ns)
        {
            return;
        }

        // What makes pods is never refused, only its pods are.
        var enforced = LevelOf(ns, "enforce");
        if (request.IsCore("Pod") && PodSecurityChecks.Violations(spec, enforced) is { Count: > 0 } refused)
        {
            throw ApiException.Forbidden(
                request.Write.Resource, request.Write.Name, $"violates PodSecurity \"{Name(ns, enforced, "enforce")}\": {string.Join(", ", refused)}");
        }

        var wished = LevelOf(ns, "warn");
        if (PodSecurityChecks.Violations(spec, wished) is { Count: > 0 } frowned)
        {
            request.Write.Warnings.Add($"would violate PodSecurity \"{Name(ns, wished, "warn")}\": {string.Join(", ", frowned)}");
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

    private static PodSecurityLevel LevelOf(StoredObject ns, string mode) => ns.Labels.GetValueOrDefault(Prefix + mode) switch
    {
        "baseline" => PodSecurityLevel.Baseline,
        "restricted" => PodSecurityLevel.Restricted,
        _ => PodSecurityLevel.Privileged,
    };

    private static string Name(StoredObject ns, PodSecurityLevel level, string mode) =>
        $"{level.ToString().ToLowerInvariant()}:{ns.Labels.GetValueOrDefault($"{Prefix}{mode}-version", "latest")}";
}
