namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the three probes.</summary>
internal static class ProbeRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        Check(settings.ReadinessProbe, "ReadinessProbe", canNeedSeveral: true, errors);
        Check(settings.LivenessProbe, "LivenessProbe", canNeedSeveral: false, errors);
        Check(settings.StartupProbe, "StartupProbe", canNeedSeveral: false, errors);
    }

    private static void Check(ProbeSettings probe, string name, bool canNeedSeveral, SettingsErrors errors)
    {
        var fix = $".With{name}(p => p.";
        errors.Unless(probe.Path is null || probe.Path.StartsWith('/'), $"{name}.Path", $"'{probe.Path}' does not begin with '/'", fix + "Path = \"/health\")");
        errors.Unless(
            probe.Path is null || !probe.Path.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '#'), $"{name}.Path",
            $"'{probe.Path}' has white space or '#' in it, which no request has", fix + "Path = \"/health\")");
        errors.Unless(probe.InitialDelaySeconds >= 0, $"{name}.InitialDelaySeconds", $"{probe.InitialDelaySeconds} is less than 0", fix + "InitialDelaySeconds = 0)");
        errors.Unless(probe.PeriodSeconds >= 1, $"{name}.PeriodSeconds", $"{probe.PeriodSeconds} is less than 1", fix + "PeriodSeconds = 10)");
        errors.Unless(probe.TimeoutSeconds >= 1, $"{name}.TimeoutSeconds", $"{probe.TimeoutSeconds} is less than 1", fix + "TimeoutSeconds = 2)");
        errors.Unless(probe.FailureThreshold >= 1, $"{name}.FailureThreshold", $"{probe.FailureThreshold} is less than 1", fix + "FailureThreshold = 3)");
        errors.Unless(
            canNeedSeveral ? probe.SuccessThreshold >= 1 : probe.SuccessThreshold == 1, $"{name}.SuccessThreshold",
            canNeedSeveral ? $"{probe.SuccessThreshold} is less than 1" : $"{probe.SuccessThreshold} is not 1, the only value for this probe",
            fix + "SuccessThreshold = 1)");
    }
}
