namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>The settings of the three probes.</summary>
internal static class ProbeRows
{
    public static readonly IReadOnlyList<SettingRow> Readiness =
    [
        new ValueRow<bool>("ReadinessProbeEnabled", "false", options => options.ReadinessProbe.Enabled),
        new ValueRow<string>("ReadinessProbePath", "/ready", options => options.ReadinessProbe.Path),
        new ValueRow<int>("ReadinessProbeInitialDelay", "5", options => options.ReadinessProbe.InitialDelaySeconds),
        new ValueRow<int>("ReadinessProbePeriod", "5", options => options.ReadinessProbe.PeriodSeconds),
        new ValueRow<int>("ReadinessProbeTimeout", "5", options => options.ReadinessProbe.TimeoutSeconds),
        new ValueRow<int>("ReadinessProbeSuccessThreshold", "2", options => options.ReadinessProbe.SuccessThreshold),
        new ValueRow<int>("ReadinessProbeFailureThreshold", "5", options => options.ReadinessProbe.FailureThreshold),
    ];

    public static readonly IReadOnlyList<SettingRow> Liveness =
    [
        new ValueRow<bool>("LivenessProbeEnabled", "false", options => options.LivenessProbe.Enabled),
        new ValueRow<string>("LivenessProbePath", "/live", options => options.LivenessProbe.Path),
        new ValueRow<int>("LivenessProbeInitialDelay", "5", options => options.LivenessProbe.InitialDelaySeconds),
        new ValueRow<int>("LivenessProbePeriod", "20", options => options.LivenessProbe.PeriodSeconds),
        new ValueRow<int>("LivenessProbeTimeout", "5", options => options.LivenessProbe.TimeoutSeconds),
        new ValueRow<int>("LivenessProbeSuccessThreshold", "1", options => options.LivenessProbe.SuccessThreshold),
        new ValueRow<int>("LivenessProbeFailureThreshold", "5", options => options.LivenessProbe.FailureThreshold),
    ];

    public static readonly IReadOnlyList<SettingRow> Startup =
    [
        new ValueRow<bool>("StartupProbeEnabled", "false", options => options.StartupProbe.Enabled),
        new ValueRow<string>("StartupProbePath", "/started", options => options.StartupProbe.Path),
        new ValueRow<int>("StartupProbeInitialDelay", "5", options => options.StartupProbe.InitialDelaySeconds),
        new ValueRow<int>("StartupProbePeriod", "5", options => options.StartupProbe.PeriodSeconds),
        new ValueRow<int>("StartupProbeTimeout", "5", options => options.StartupProbe.TimeoutSeconds),
        new ValueRow<int>("StartupProbeSuccessThreshold", "1", options => options.StartupProbe.SuccessThreshold),
        new ValueRow<int>("StartupProbeFailureThreshold", "60", options => options.StartupProbe.FailureThreshold),
    ];
}
