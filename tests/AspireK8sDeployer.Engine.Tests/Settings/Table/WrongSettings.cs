namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>Every form in which a setting can be wrong, with its message.</summary>
internal static partial class WrongSettings
{
    /// <summary>The settings that have no wrong value, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>
    {
        ["ImageIsOurs"] = "yes or no",
        ["PullCredentials.Password"] = "the registry decides, and any text can be one",
        ["Command"] = "any program and its arguments",
        ["Args"] = "any arguments",
        ["PodDisruptionBudget"] = "yes or no",
        ["RollbackOnFailure"] = "yes or no",
        ["NetworkPolicy"] = "yes or no",
        ["ValuesToHide"] = "any text can be secret",
        ["Ingress.TlsEnabled"] = "yes or no; what it needs is said of Ingress.Host and Ingress.TlsSecretName",
        ["ServiceAccount.MountToken"] = "yes or no",
        ["ReadinessProbe.Enabled"] = "yes or no",
        ["LivenessProbe.Enabled"] = "yes or no",
        ["StartupProbe.Enabled"] = "yes or no",
        ["Pod.HostNetwork"] = "yes or no; what it asks of other containers is said of Pod.Sidecars",
        ["Pod.HostPid"] = "yes or no",
        ["Pod.HostIpc"] = "yes or no",
    };

    public static IEnumerable<WrongSetting> All => new[] { Core, Scaling, Access, Pod, Containers }.SelectMany(table => table);

    public static string FixOf(WrongSetting row) => row.Fix ?? UsualFixes[row.Setting];
}
