namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the autoscaler.</summary>
internal static class AutoscalingRules
{
    public static void Check(AutoscalingSettings autoscaling, SettingsErrors errors)
    {
        const string Mend = ".WithAutoscaling(AutoscalingMetric.Cpu, target: 70)";
        errors.Unless(Enum.IsDefined(autoscaling.Metric), "Autoscaling.Metric", $"{(int)autoscaling.Metric} is not a metric", Mend);
        errors.Unless(
            autoscaling.Target is null or (>= 1 and <= 100), "Autoscaling.Target", $"{autoscaling.Target} is not a percentage (1 to 100)", Mend);
    }
}
