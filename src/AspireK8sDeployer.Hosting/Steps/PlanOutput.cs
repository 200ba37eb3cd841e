using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>How plans are shown: <c>KubernetesDeployer:&lt;deployer&gt;:Plan:…</c>.</summary>
/// <param name="IsJson">For machines.</param>
/// <param name="IsColored">For a terminal that shows colors.</param>
/// <param name="TellsByExitCode">Whether changes end the process with 2.</param>
internal sealed record PlanOutput(bool IsJson, bool IsColored, bool TellsByExitCode)
{
    public static PlanOutput Of(KubernetesDeployerResource deployer)
    {
        var section = deployer.Configuration.GetSection($"{DeployerKeys.SectionOf(deployer)}:{DeployerKeys.Plan}");
        return new PlanOutput(
            string.Equals(section["Output"], "json", StringComparison.OrdinalIgnoreCase),
            ShowsColors(Environment.GetEnvironmentVariable, Console.IsOutputRedirected),
            SettingText.TryParse<bool>(section["ExitCode"], out var tells) && tells);
    }

    /// <summary>https://no-color.org: any text at all says no.</summary>
    internal static bool ShowsColors(Func<string, string?> environment, bool isRedirected) =>
        !isRedirected && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
}
