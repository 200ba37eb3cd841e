using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Between the version in which an object is stored and the one that is asked for, where a kind has several.</summary>
internal static class Conversion
{
    // Core events and those of events.k8s.io hold the same under other names.
    private static readonly (string Core, string Other)[] EventFields =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"), ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
    ];

    public static JsonObject Read(StoredObject stored, ResourceDefinition asked)
    {
        var obj = stored.ToJsonObject();
        return stored.Resource == asked ? obj : To(obj, asked, towards: true);
    }

    public static JsonObject Store(JsonObject obj, ResourceDefinition given) =>
        given.StoredAs is { } storage ? To(obj.DeepClone().AsObject(), storage, towards: false) : obj;

    private static JsonObject To(JsonObject obj, ResourceDefinition target, bool towards)
    {
        obj["apiVersion"] = target.ApiVersion;
        switch (target)
        {
            case { Kind: "Event", Model: not null } when towards == (target.Group.Length > 0):
                return RenameEventFields(obj, towards);
            case { Group: "autoscaling", Kind: "HorizontalPodAutoscaler", Version: "v1" }:
                return AutoscalerToV1(obj);
            case { Group: "autoscaling", Kind: "HorizontalPodAutoscaler" }:
                return AutoscalerFromV1(obj);
            default:
                return obj;
        }
    }

    private static JsonObject RenameEventFields(JsonObject obj, bool towards)
    {
        var renamed = new JsonObject();
        foreach (var (name, value) in obj)
        {
            var pair = EventFields.FirstOrDefault(pair => (towards ? pair.Core : pair.Other) == name);
            renamed[pair.Core is null ? name : towards ? pair.Other : pair.Core] = value?.DeepClone();
        }

        // What core events show empty, the others leave out.
        foreach (var name in towards ? (string[])["reportingController", "reportingInstance"] : [])
        {
            if (renamed.TextOf(name).Length == 0)
            {
                renamed.Remove(name);
            }
        }

        return renamed;
    }

    /// <summary>Version 1 knows one metric, the use of CPU; others do not show in it.</summary>
    private static JsonObject AutoscalerToV1(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        var cpu = spec.Objects("metrics").FirstOrDefault(metric => metric.Object("resource")?.TextOf("name") == "cpu");
        if (cpu?.Object("resource")?.Object("target")?.NumberOf("averageUtilization") is { } target)
        {
            spec["targetCPUUtilizationPercentage"] = target;
        }

        spec.Remove("metrics");
        spec.Remove("behavior");
        if (obj.Object("status") is { } status)
        {
            status.Remove("conditions");
            status.Remove("currentMetrics");
        }

        return obj;
    }

    private static JsonObject AutoscalerFromV1(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        var target = spec.NumberOf("targetCPUUtilizationPercentage") ?? 80;
        spec.Remove("targetCPUUtilizationPercentage");
        spec["metrics"] ??= new JsonArray(new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject
            {
                ["name"] = "cpu",
                ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = target },
            },
        });
        return obj;
    }
}
