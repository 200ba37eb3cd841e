namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the autoscaler.</summary>
internal static class AutoscalingRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var autoscaling = settings.Autoscaling;
        const string Mend = ".WithAutoscaling(AutoscalingMetric.Cpu, target: 70)";
        errors.Unless(Enum.IsDefined(autoscaling.Metric), "Autoscaling.Metric", $"{(int)autoscaling.Metric} is not a metric", Mend);
        errors.Unless(
            Enum.IsDefined(autoscaling.Autoscaler), "Autoscaling.Autoscaler", $"{(int)autoscaling.Autoscaler} is not an autoscaler",
            ".WithAutoscaling(a => a.Autoscaler = AutoscalerKind.Hpa)");
        var replicas = Replicas.Of(settings.Resources);
        if (autoscaling.Metric.IsOfServing)
        {
            CheckOfServing(autoscaling, replicas.Autoscaled, errors);
        }
        else
        {
            errors.Unless(
                autoscaling.Target is null or (>= 1 and <= 100), "Autoscaling.Target", $"{autoscaling.Target} is not a percentage (1 to 100)", Mend);
        }

        CheckAddress(autoscaling, errors);
        CheckZero(settings.Resources, autoscaling, errors);
    }

    private static void CheckOfServing(AutoscalingSettings autoscaling, bool autoscaled, SettingsErrors errors)
    {
        var mend = $".WithAutoscaling(AutoscalingMetric.{autoscaling.Metric}, target: 10)";
        errors.Unless(
            !autoscaled || autoscaling.Target is not null, "Autoscaling.Target", $"{autoscaling.Metric} needs the number that one replica shall have", mend);
        errors.Unless(autoscaling.Target is null or >= 1, "Autoscaling.Target", $"{autoscaling.Target} is less than 1", mend);
        errors.Unless(
            !autoscaled || autoscaling.Autoscaler != AutoscalerKind.Keda || autoscaling.PrometheusAddress is not null, "Autoscaling.PrometheusAddress",
            $"KEDA asks Prometheus for {autoscaling.Metric} and has to know where it is",
            ".WithAutoscaling(a => a.PrometheusAddress = \"http://prometheus.monitoring:9090\")");
    }

    // The text is never quoted: an address can have a password in it.
    private static void CheckAddress(AutoscalingSettings autoscaling, SettingsErrors errors)
    {
        if (autoscaling.PrometheusAddress is not { } address)
        {
            return;
        }

        const string Mend = ".WithAutoscaling(a => a.PrometheusAddress = \"http://prometheus.monitoring:9090\")";
        var isAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.Host.Length > 0;
        errors.Unless(isAddress, "Autoscaling.PrometheusAddress", "it is not an http or https address", Mend);
        errors.Unless(
            !isAddress || uri!.UserInfo.Length == 0, "Autoscaling.PrometheusAddress",
            "it has a user and a password in it, which everybody could read in the ScaledObject", Mend);
    }

    private static void CheckZero(ResourceSettings resources, AutoscalingSettings autoscaling, SettingsErrors errors)
    {
        if (resources.MinReplicas is not 0)
        {
            return;
        }

        const string Mend = ".WithResources(minReplicas: 1)";
        const string Keda = ", or .WithAutoscaling(a => { a.Autoscaler = AutoscalerKind.Keda; a.Metric = AutoscalingMetric.Concurrency; a.Target = 10; a.PrometheusAddress = \"http://prometheus.monitoring:9090\"; })";
        errors.Unless(
            autoscaling.Autoscaler == AutoscalerKind.Keda, "Resources.MinReplicas",
            "0 needs KEDA as autoscaler: the horizontal pod autoscaler cannot scale to zero", Mend + Keda);
        errors.Unless(
            autoscaling.Autoscaler != AutoscalerKind.Keda || autoscaling.Metric.IsOfServing, "Resources.MinReplicas",
            $"0 cannot be left again by {autoscaling.Metric}: where nothing runs, nothing is used", Mend);
        errors.Unless(
            resources.MaxReplicas is not null, "Resources.MaxReplicas", "a minimum of 0 needs a maximum, or there would never be a replica",
            ".WithResources(minReplicas: 0, maxReplicas: 3)");
    }
}
