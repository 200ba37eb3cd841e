using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The three probes, on the paths that Serving answers.</summary>
internal static class ProbeObjects
{
    public static void AddTo(JsonObject container, DeploymentSettings settings)
    {
        // What we did not build answers the health path of the contract, and perhaps nothing else.
        var live = settings.ImageIsOurs ? PipelinePaths.HealthLive : PipelinePaths.Health;
        Add(container, "readinessProbe", settings.ReadinessProbe, PipelinePaths.Health);
        Add(container, "livenessProbe", settings.LivenessProbe, live);
        // Alive, not ready: initialisation may take its time without the replica being killed for it.
        Add(container, "startupProbe", settings.StartupProbe, live);
    }

    private static void Add(JsonObject container, string field, ProbeSettings probe, string defaultPath)
    {
        if (!probe.Enabled)
        {
            return;
        }

        var body = new JsonObject
        {
            ["httpGet"] = new JsonObject { ["path"] = probe.Path ?? defaultPath, ["port"] = ContainerObject.PortName },
            ["periodSeconds"] = probe.PeriodSeconds,
            ["timeoutSeconds"] = probe.TimeoutSeconds,
            ["successThreshold"] = probe.SuccessThreshold,
            ["failureThreshold"] = probe.FailureThreshold,
        };
        if (probe.InitialDelaySeconds > 0)
        {
            // The server does not keep a zero, and what it does not keep looks changed the next time.
            body["initialDelaySeconds"] = probe.InitialDelaySeconds;
        }

        container[field] = body;
    }
}
