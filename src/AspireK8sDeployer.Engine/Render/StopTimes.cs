using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>How the time is spent that a replica has to stop.</summary>
internal static class StopTimes
{
    // For an image of ours: what Serving keeps for itself, to answer the invocations that it had to cancel and to exit.
    // For any other image: a pause before it hears that it stops, in which every proxy hears of it first. Ours need none, they
    // go on taking invocations themselves for a while.
    private const int Reserve = 3;

    /// <summary>The pod's grace period, so that running invocations have all of the time that the settings give them.</summary>
    public static long GracePeriod(DeploymentSettings settings) => Reserve + (long)Math.Ceiling(settings.TerminationGracePeriod.TotalSeconds);

    /// <summary>What is left of it when the process gets its SIGTERM.</summary>
    public static long AfterSignal(DeploymentSettings settings) => settings.ImageIsOurs ? GracePeriod(settings) : GracePeriod(settings) - Reserve;

    public static void AddTo(JsonObject container, DeploymentSettings settings)
    {
        if (!settings.ImageIsOurs)
        {
            // The kubelet sleeps, because an image need not have a shell.
            container["lifecycle"] = new JsonObject { ["preStop"] = new JsonObject { ["sleep"] = new JsonObject { ["seconds"] = Reserve } } };
        }
    }
}
