using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the user should know before going on, although it is no mistake.</summary>
internal static class PlanWarnings
{
    public static IReadOnlyList<string> Of(DeploymentSettings settings)
    {
        List<string> warnings = [];
        if (!settings.ImageIsOurs)
        {
            warnings.Add($"{settings.Image} was not built here: it runs as the user that it names, and its probes ask /health alone.");
        }

        return warnings;
    }
}
