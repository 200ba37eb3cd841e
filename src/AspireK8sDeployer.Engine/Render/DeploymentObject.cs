using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The Deployment that runs the replicas.</summary>
internal static class DeploymentObject
{
    // The API server's own default; more only where a slow start would not fit in it.
    private const int LeastProgressDeadline = 600;

    public static RenderedObject Render(DeploymentSettings settings, ObjectMetadata metadata, PodLinks links)
    {
        var (id, body) = metadata.Begin("apps/v1", "Deployment", settings.Name);
        var pod = PodObject.Spec(settings, metadata, links);
        var spec = new JsonObject
        {
            ["progressDeadlineSeconds"] = ProgressDeadline(settings.StartupProbe),
            ["selector"] = new JsonObject { ["matchLabels"] = metadata.Selector() },
            ["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = Pace(HostPorts.Takes(pod)) },
            ["template"] = new JsonObject { ["metadata"] = metadata.OfPods(), ["spec"] = pod },
        };
        var replicas = Replicas.Of(settings.Resources);
        if (!replicas.Autoscaled)
        {
            // Otherwise the number is the autoscaler's, see AutoscaledReplicas.
            spec["replicas"] = replicas.Minimum;
        }

        body["spec"] = spec;
        return new RenderedObject(id, body);
    }

    // A new replica is ready before an old one stops, so that no request is lost; but where it needs the old one's port it
    // could wait for ever, with as many replicas as nodes.
    private static JsonObject Pace(bool takesHostPorts) => takesHostPorts
        ? new JsonObject { ["maxSurge"] = 0, ["maxUnavailable"] = 1 }
        : new JsonObject { ["maxSurge"] = "25%", ["maxUnavailable"] = 0 };

    private static int ProgressDeadline(ProbeSettings startup)
    {
        var budget = startup.Enabled ? startup.InitialDelaySeconds + ((long)startup.PeriodSeconds * startup.FailureThreshold) : 0;
        return (int)Math.Clamp(budget + 60, LeastProgressDeadline, int.MaxValue);
    }
}
