using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Defaults of the kinds that make pods.</summary>
internal static class WorkloadDefaults
{
    public static void Deployment(JsonObject spec)
    {
        spec.Fill("replicas", 1L);
        var strategy = spec.ObjectOrNew("strategy");
        strategy.Fill("type", "RollingUpdate");
        if (strategy.TextOf("type") == "RollingUpdate")
        {
            var rolling = strategy.ObjectOrNew("rollingUpdate");
            rolling.Fill("maxUnavailable", "25%");
            rolling.Fill("maxSurge", "25%");
        }

        spec.Fill("revisionHistoryLimit", 10L);
        spec.Fill("progressDeadlineSeconds", 600L);
    }

    public static void StatefulSet(JsonObject spec)
    {
        spec.Fill("replicas", 1L);
        spec.Fill("podManagementPolicy", "OrderedReady");
        var strategy = spec.ObjectOrNew("updateStrategy");
        if (strategy.TextOf("type").Length == 0)
        {
            strategy["type"] = "RollingUpdate";
            strategy.ObjectOrNew("rollingUpdate");
        }

        if (strategy.TextOf("type") == "RollingUpdate" && strategy.Object("rollingUpdate") is { } rolling)
        {
            rolling.Fill("partition", 0L);
        }

        var retention = spec.ObjectOrNew("persistentVolumeClaimRetentionPolicy");
        retention.Fill("whenDeleted", "Retain");
        retention.Fill("whenScaled", "Retain");
        spec.Fill("revisionHistoryLimit", 10L);

        // Claims in the list are typed as the kind is, on whatever way they came.
        foreach (var claim in spec.Objects("volumeClaimTemplates"))
        {
            claim["kind"] = "PersistentVolumeClaim";
            claim["apiVersion"] = "v1";
        }
    }

    public static void DaemonSet(JsonObject spec)
    {
        var strategy = spec.ObjectOrNew("updateStrategy");
        strategy.Fill("type", "RollingUpdate");
        if (strategy.TextOf("type") == "RollingUpdate")
        {
            var rolling = strategy.ObjectOrNew("rollingUpdate");
            rolling.Fill("maxUnavailable", 1L);
            rolling.Fill("maxSurge", 0L);
        }

        spec.Fill("revisionHistoryLimit", 10L);
    }

    public static void Job(JsonObject obj)
    {
        JobSpec(obj.ObjectOrNew("spec"));
        LabelAsTemplate(obj);
    }

    public static void CronJob(JsonObject spec)
    {
        spec.Fill("concurrencyPolicy", "Allow");
        spec.Fill("suspend", false);
        spec.Fill("successfulJobsHistoryLimit", 3L);
        spec.Fill("failedJobsHistoryLimit", 1L);
    }

    public static void ReplicationController(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        spec.Fill("replicas", 1L);
        if (Labels(spec) is { } labels && spec["selector"] is not JsonObject { Count: > 0 })
        {
            spec["selector"] = labels.DeepClone();
        }

        LabelAsTemplate(obj);
    }

    private static void JobSpec(JsonObject spec)
    {
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec["completions"] = 1L;
        }

        spec.Fill("parallelism", 1L);
        spec.Fill("backoffLimit", spec.Has("backoffLimitPerIndex") ? int.MaxValue : 6L);
        spec.Fill("completionMode", "NonIndexed");
        spec.Fill("suspend", false);
        spec.Fill("podReplacementPolicy", spec.Has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        spec.Fill("manualSelector", false);
    }

    private static void LabelAsTemplate(JsonObject obj)
    {
        var metadata = obj.ObjectOrNew("metadata");
        if (Labels(obj.ObjectOrNew("spec")) is { } labels && metadata["labels"] is not JsonObject { Count: > 0 })
        {
            metadata["labels"] = labels.DeepClone();
        }
    }

    private static JsonObject? Labels(JsonObject spec) => spec.Object("template")?.Object("metadata")?.Object("labels");
}
