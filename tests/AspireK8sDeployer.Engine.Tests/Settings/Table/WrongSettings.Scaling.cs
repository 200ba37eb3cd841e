using AspireK8sDeployer.Engine.Settings;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class WrongSettings
{
    /// <summary>Resources, replicas, autoscaling, probes.</summary>
    private static readonly WrongTable Scaling = new()
    {
        { "Resources.Cpu", Resources(new() { Cpu = 0 }), "0 is not more than 0" },
        { "Resources.Cpu", Resources(new() { Cpu = double.NaN }), "NaN is not more than 0" },
        { "Resources.Cpu", Resources(new() { Cpu = double.PositiveInfinity }), "Infinity processors are more than any machine has; half of one is 0.5" },
        { "Resources.Memory", Resources(new() { Memory = "2 gigs" }), "'2 gigs' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { "Resources.Memory", Resources(new() { Memory = "" }), "'' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { "Resources.Memory", Resources(new() { Memory = "0GB" }), "'0GB' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { "Resources.Memory", Resources(new() { Memory = "500m" }), "'500m' would be thousandths of a byte; M is a million, Mi is 2^20", """.WithResources(memory: "512Mi")""" },
        { "Resources.Memory", Resources(new() { Memory = "512" }), "'512' is less than 4 MiB, with which no container starts; a number alone counts bytes" },
        { "Resources.Memory", Resources(new() { Memory = "9000PiB" }), "'9000PiB' is not an amount of memory (for example 512Mi, 2GiB, 4GB)" },
        { "Resources.Gpu", Resources(new() { Gpu = -1 }), "-1 is less than 0", ".WithResources(gpu: 1)" },
        { "Resources.MinReplicas", Resources(new() { MinReplicas = -1, MaxReplicas = 3 }), "-1 is less than 0" },
        { "Resources.MinReplicas", Resources(new() { MinReplicas = 0, MaxReplicas = 3 }), "0 needs KEDA as autoscaler: the horizontal pod autoscaler cannot scale to zero", """.WithResources(minReplicas: 1), or .WithAutoscaling(a => { a.Autoscaler = AutoscalerKind.Keda; a.Metric = AutoscalingMetric.Concurrency; a.Target = 10; a.PrometheusAddress = "http://prometheus.monitoring:9090"; })""" },
        { "Resources.MinReplicas", Scaled(0, 3, new() { Autoscaler = AutoscalerKind.Keda }), "0 cannot be left again by Cpu: where nothing runs, nothing is used" },
        { "Resources.MaxReplicas", Resources(new() { MaxReplicas = 0 }), "0 is less than 1", ".WithResources(maxReplicas: 1)" },
        { "Resources.MaxReplicas", Resources(new() { MinReplicas = 3, MaxReplicas = 2 }), "2 is less than the minimum, 3", ".WithResources(minReplicas: 3, maxReplicas: 3)" },
        { "Resources.MaxReplicas", Scaled(0, null, Keda), "a minimum of 0 needs a maximum, or there would never be a replica", ".WithResources(minReplicas: 0, maxReplicas: 3)" },

        { "Autoscaling.Autoscaler", Scaled(1, 3, new() { Autoscaler = (AutoscalerKind)9 }), "9 is not an autoscaler", ".WithAutoscaling(a => a.Autoscaler = AutoscalerKind.Hpa)" },
        { "Autoscaling.Metric", Scaled(1, 3, new() { Metric = (AutoscalingMetric)9 }), "9 is not a metric", ".WithAutoscaling(AutoscalingMetric.Cpu, target: 70)" },
        { "Autoscaling.Target", Scaled(1, 3, new() { Target = 0 }), "0 is not a percentage (1 to 100)" },
        { "Autoscaling.Target", Scaled(1, 3, new() { Target = 101 }), "101 is not a percentage (1 to 100)" },
        { "Autoscaling.Target", Scaled(1, 3, new() { Metric = AutoscalingMetric.Concurrency }), "Concurrency needs the number that one replica shall have", ".WithAutoscaling(AutoscalingMetric.Concurrency, target: 10)" },
        { "Autoscaling.Target", Scaled(1, 3, Keda with { Target = null }), "Rps needs the number that one replica shall have", ".WithAutoscaling(AutoscalingMetric.Rps, target: 10)" },
        { "Autoscaling.Target", Scaled(1, 3, Keda with { Target = 0 }), "0 is less than 1", ".WithAutoscaling(AutoscalingMetric.Rps, target: 10)" },
        { "Autoscaling.PrometheusAddress", Scaled(1, 3, Keda with { PrometheusAddress = null }), "KEDA asks Prometheus for Rps and has to know where it is" },
        { "Autoscaling.PrometheusAddress", Scaled(1, 3, Keda with { PrometheusAddress = "prometheus:9090" }), "it is not an http or https address" },
        { "Autoscaling.PrometheusAddress", Scaled(1, 3, Keda with { PrometheusAddress = "http://ada:hunter2@prometheus" }), "it has a user and a password in it, which everybody could read in the ScaledObject" },

        { "ReadinessProbe.Path", With(s => s with { ReadinessProbe = new() { Path = "health" } }), "'health' does not begin with '/'" },
        { "ReadinessProbe.Path", With(s => s with { ReadinessProbe = new() { Path = "/a b" } }), "'/a b' has white space or '#' in it, which no request has" },
        { "ReadinessProbe.InitialDelaySeconds", With(s => s with { ReadinessProbe = new() { InitialDelaySeconds = -1 } }), "-1 is less than 0", ".WithReadinessProbe(p => p.InitialDelaySeconds = 0)" },
        { "ReadinessProbe.PeriodSeconds", With(s => s with { ReadinessProbe = new() { PeriodSeconds = 0 } }), "0 is less than 1", ".WithReadinessProbe(p => p.PeriodSeconds = 10)" },
        { "ReadinessProbe.TimeoutSeconds", With(s => s with { ReadinessProbe = new() { TimeoutSeconds = 0 } }), "0 is less than 1", ".WithReadinessProbe(p => p.TimeoutSeconds = 2)" },
        { "ReadinessProbe.SuccessThreshold", With(s => s with { ReadinessProbe = new() { SuccessThreshold = 0 } }), "0 is less than 1", ".WithReadinessProbe(p => p.SuccessThreshold = 1)" },
        { "ReadinessProbe.FailureThreshold", With(s => s with { ReadinessProbe = new() { FailureThreshold = 0 } }), "0 is less than 1", ".WithReadinessProbe(p => p.FailureThreshold = 3)" },

        { "LivenessProbe.Path", With(s => s with { LivenessProbe = new() { Path = "health" } }), "'health' does not begin with '/'" },
        { "LivenessProbe.Path", With(s => s with { LivenessProbe = new() { Path = "/a#b" } }), "'/a#b' has white space or '#' in it, which no request has" },
        { "LivenessProbe.InitialDelaySeconds", With(s => s with { LivenessProbe = new() { InitialDelaySeconds = -1 } }), "-1 is less than 0", ".WithLivenessProbe(p => p.InitialDelaySeconds = 0)" },
        { "LivenessProbe.PeriodSeconds", With(s => s with { LivenessProbe = new() { PeriodSeconds = 0 } }), "0 is less than 1", ".WithLivenessProbe(p => p.PeriodSeconds = 10)" },
        { "LivenessProbe.TimeoutSeconds", With(s => s with { LivenessProbe = new() { TimeoutSeconds = 0 } }), "0 is less than 1", ".WithLivenessProbe(p => p.TimeoutSeconds = 2)" },
        { "LivenessProbe.SuccessThreshold", With(s => s with { LivenessProbe = new() { SuccessThreshold = 2 } }), "2 is not 1, the only value for this probe", ".WithLivenessProbe(p => p.SuccessThreshold = 1)" },
        { "LivenessProbe.FailureThreshold", With(s => s with { LivenessProbe = new() { FailureThreshold = 0 } }), "0 is less than 1", ".WithLivenessProbe(p => p.FailureThreshold = 3)" },

        { "StartupProbe.Path", With(s => s with { StartupProbe = new() { Path = "health" } }), "'health' does not begin with '/'" },
        { "StartupProbe.Path", With(s => s with { StartupProbe = new() { Path = "/a\tb" } }), "'/a\tb' has white space or '#' in it, which no request has" },
        { "StartupProbe.InitialDelaySeconds", With(s => s with { StartupProbe = new() { InitialDelaySeconds = -1 } }), "-1 is less than 0", ".WithStartupProbe(p => p.InitialDelaySeconds = 0)" },
        { "StartupProbe.PeriodSeconds", With(s => s with { StartupProbe = new() { PeriodSeconds = 0 } }), "0 is less than 1", ".WithStartupProbe(p => p.PeriodSeconds = 10)" },
        { "StartupProbe.TimeoutSeconds", With(s => s with { StartupProbe = new() { TimeoutSeconds = 0 } }), "0 is less than 1", ".WithStartupProbe(p => p.TimeoutSeconds = 2)" },
        { "StartupProbe.SuccessThreshold", With(s => s with { StartupProbe = new() { SuccessThreshold = 0 } }), "0 is not 1, the only value for this probe", ".WithStartupProbe(p => p.SuccessThreshold = 1)" },
        { "StartupProbe.FailureThreshold", With(s => s with { StartupProbe = new() { FailureThreshold = 0 } }), "0 is less than 1", ".WithStartupProbe(p => p.FailureThreshold = 3)" },
    };
}
