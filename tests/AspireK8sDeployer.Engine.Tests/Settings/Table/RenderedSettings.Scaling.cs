using AspireK8sDeployer.Engine.Settings;
using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class RenderedSettings
{
    /// <summary>Resources, replicas, autoscaling, probes.</summary>
    private static readonly RenderedTable Scaling = new()
    {
        { "Resources.Cpu", With(s => s), "Deployment spec.template.spec.containers[0].resources", """{"requests":{"cpu":"1","memory":"2Gi"},"limits":{"cpu":"1","memory":"2Gi"}}""" },
        { "Resources.Cpu", Resources(new() { Cpu = 0.5 }), "Deployment spec.template.spec.containers[0].resources.requests.cpu", "\"500m\"" },
        { "Resources.Cpu", Resources(new() { Cpu = 1.5 }), "Deployment spec.template.spec.containers[0].resources.limits.cpu", "\"1500m\"" },
        { "Resources.Cpu", Resources(new() { Cpu = 2 }), "Deployment spec.template.spec.containers[0].resources.limits.cpu", "\"2\"" },
        { "Resources.Memory", Resources(new() { Memory = "4GB" }), "Deployment spec.template.spec.containers[0].resources.requests.memory", "\"3815Mi\"" },
        { "Resources.Memory", Resources(new() { Memory = "512Mi" }), "Deployment spec.template.spec.containers[0].resources.limits.memory", "\"512Mi\"" },
        { "Resources.Memory", Resources(new() { Memory = "1.5GiB" }), "Deployment spec.template.spec.containers[0].resources.limits.memory", "\"1536Mi\"" },
        { "Resources.Memory", Resources(new() { Memory = "2147483648" }), "Deployment spec.template.spec.containers[0].resources.limits.memory", "\"2Gi\"" },
        { "Resources.Gpu", Resources(new() { Gpu = 2 }), """Deployment spec.template.spec.containers[0].resources.limits["nvidia.com/gpu"]""", "\"2\"" },
        { "Resources.Gpu", Resources(new() { Gpu = 2 }), """Deployment spec.template.spec.containers[0].resources.requests["nvidia.com/gpu"]""", "\"2\"" },
        { "Resources.MinReplicas", With(s => s), "Deployment spec.replicas", "1" },
        { "Resources.MinReplicas", Resources(new() { MinReplicas = 2 }), "Deployment spec.replicas", "2" },
        { "Resources.MinReplicas", Resources(new() { MinReplicas = 2, MaxReplicas = 5 }), "HorizontalPodAutoscaler spec.minReplicas", "2" },
        { "Resources.MinReplicas", Resources(new() { MinReplicas = 2, MaxReplicas = 5 }), "Deployment spec.replicas", null },
        { "Resources.MinReplicas", Scaled(0, 5, Keda), "ScaledObject spec.minReplicaCount", "0" },
        { "Resources.MaxReplicas", Resources(new() { MaxReplicas = 5 }), "Deployment spec.replicas", "5" },
        { "Resources.MaxReplicas", Resources(new() { MinReplicas = 5, MaxReplicas = 5 }), "Deployment spec.replicas", "5" },
        { "Resources.MaxReplicas", Resources(new() { MinReplicas = 5, MaxReplicas = 5 }), "HorizontalPodAutoscaler", null },
        { "Resources.MaxReplicas", Resources(new() { MinReplicas = 2, MaxReplicas = 5 }), "HorizontalPodAutoscaler spec.maxReplicas", "5" },

        { "Autoscaling.Autoscaler", Scaled(1, 3, new()), "HorizontalPodAutoscaler spec.scaleTargetRef", """{"apiVersion":"apps/v1","kind":"Deployment","name":"greeter"}""" },
        { "Autoscaling.Autoscaler", Scaled(1, 3, Keda), "ScaledObject spec.scaleTargetRef", """{"apiVersion":"apps/v1","kind":"Deployment","name":"greeter"}""" },
        { "Autoscaling.Autoscaler", Scaled(1, 3, Keda), "HorizontalPodAutoscaler", null },
        { "Autoscaling.Metric", Scaled(1, 3, new()), "HorizontalPodAutoscaler spec.metrics", """[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]""" },
        { "Autoscaling.Metric", Scaled(1, 3, new() { Metric = AutoscalingMetric.Memory }), "HorizontalPodAutoscaler spec.metrics", """[{"type":"Resource","resource":{"name":"memory","target":{"type":"Utilization","averageUtilization":70}}}]""" },
        { "Autoscaling.Metric", Scaled(1, 3, new() { Metric = AutoscalingMetric.Concurrency, Target = 10 }), "HorizontalPodAutoscaler spec.metrics", """[{"type":"Pods","pods":{"metric":{"name":"pipeline_invocations_in_flight"},"target":{"type":"AverageValue","averageValue":"10"}}}]""" },
        { "Autoscaling.Metric", Scaled(1, 3, new() { Metric = AutoscalingMetric.Rps, Target = 100 }), "HorizontalPodAutoscaler spec.metrics", """[{"type":"Pods","pods":{"metric":{"name":"pipeline_invocations_per_second"},"target":{"type":"AverageValue","averageValue":"100"}}}]""" },
        { "Autoscaling.Target", Scaled(1, 3, new() { Target = 55 }), "HorizontalPodAutoscaler spec.metrics[0].resource.target", """{"type":"Utilization","averageUtilization":55}""" },
        { "Autoscaling.Target", Scaled(1, 3, Keda), "ScaledObject spec.triggers[0].metadata.threshold", "\"10\"" },
        { "Autoscaling.PrometheusAddress", Scaled(1, 3, Keda), "ScaledObject spec.triggers[0].metadata.serverAddress", "\"http://prometheus:9090\"" },

        { "ReadinessProbe.Path", With(s => s), "Deployment spec.template.spec.containers[0].readinessProbe", """{"httpGet":{"path":"/health","port":"http"},"periodSeconds":2,"timeoutSeconds":2,"successThreshold":1,"failureThreshold":3}""" },
        { "ReadinessProbe.Path", With(s => s with { ReadinessProbe = new() { Path = "/ready" } }), "Deployment spec.template.spec.containers[0].readinessProbe.httpGet.path", "\"/ready\"" },
        { "ReadinessProbe.InitialDelaySeconds", With(s => s with { ReadinessProbe = new() { InitialDelaySeconds = 7 } }), "Deployment spec.template.spec.containers[0].readinessProbe.initialDelaySeconds", "7" },
        { "ReadinessProbe.PeriodSeconds", With(s => s with { ReadinessProbe = new() { PeriodSeconds = 7 } }), "Deployment spec.template.spec.containers[0].readinessProbe.periodSeconds", "7" },
        { "ReadinessProbe.TimeoutSeconds", With(s => s with { ReadinessProbe = new() { TimeoutSeconds = 7 } }), "Deployment spec.template.spec.containers[0].readinessProbe.timeoutSeconds", "7" },
        { "ReadinessProbe.SuccessThreshold", With(s => s with { ReadinessProbe = new() { SuccessThreshold = 7 } }), "Deployment spec.template.spec.containers[0].readinessProbe.successThreshold", "7" },
        { "ReadinessProbe.FailureThreshold", With(s => s with { ReadinessProbe = new() { FailureThreshold = 7 } }), "Deployment spec.template.spec.containers[0].readinessProbe.failureThreshold", "7" },
        { "ReadinessProbe.Enabled", With(s => s with { ReadinessProbe = new() { Enabled = false } }), "Deployment spec.template.spec.containers[0].readinessProbe", null },

        { "LivenessProbe.Path", With(s => s), "Deployment spec.template.spec.containers[0].livenessProbe", """{"httpGet":{"path":"/health/live","port":"http"},"periodSeconds":10,"timeoutSeconds":2,"successThreshold":1,"failureThreshold":3}""" },
        { "LivenessProbe.Path", With(s => s with { LivenessProbe = new() { Path = "/alive" } }), "Deployment spec.template.spec.containers[0].livenessProbe.httpGet.path", "\"/alive\"" },
        { "LivenessProbe.InitialDelaySeconds", With(s => s with { LivenessProbe = new() { InitialDelaySeconds = 7 } }), "Deployment spec.template.spec.containers[0].livenessProbe.initialDelaySeconds", "7" },
        { "LivenessProbe.PeriodSeconds", With(s => s with { LivenessProbe = new() { PeriodSeconds = 7 } }), "Deployment spec.template.spec.containers[0].livenessProbe.periodSeconds", "7" },
        { "LivenessProbe.TimeoutSeconds", With(s => s with { LivenessProbe = new() { TimeoutSeconds = 7 } }), "Deployment spec.template.spec.containers[0].livenessProbe.timeoutSeconds", "7" },
        { "LivenessProbe.SuccessThreshold", With(s => s with { LivenessProbe = new() { SuccessThreshold = 1 } }), "Deployment spec.template.spec.containers[0].livenessProbe.successThreshold", "1" },
        { "LivenessProbe.FailureThreshold", With(s => s with { LivenessProbe = new() { FailureThreshold = 7 } }), "Deployment spec.template.spec.containers[0].livenessProbe.failureThreshold", "7" },
        { "LivenessProbe.Enabled", With(s => s with { LivenessProbe = new() { Enabled = false } }), "Deployment spec.template.spec.containers[0].livenessProbe", null },

        { "StartupProbe.Path", With(s => s), "Deployment spec.template.spec.containers[0].startupProbe", """{"httpGet":{"path":"/health/live","port":"http"},"periodSeconds":1,"timeoutSeconds":2,"successThreshold":1,"failureThreshold":300}""" },
        { "StartupProbe.Path", With(s => s with { StartupProbe = new() { Path = "/begun" } }), "Deployment spec.template.spec.containers[0].startupProbe.httpGet.path", "\"/begun\"" },
        { "StartupProbe.InitialDelaySeconds", With(s => s with { StartupProbe = new() { InitialDelaySeconds = 7 } }), "Deployment spec.template.spec.containers[0].startupProbe.initialDelaySeconds", "7" },
        { "StartupProbe.PeriodSeconds", With(s => s with { StartupProbe = new() { PeriodSeconds = 7 } }), "Deployment spec.template.spec.containers[0].startupProbe.periodSeconds", "7" },
        { "StartupProbe.TimeoutSeconds", With(s => s with { StartupProbe = new() { TimeoutSeconds = 7 } }), "Deployment spec.template.spec.containers[0].startupProbe.timeoutSeconds", "7" },
        { "StartupProbe.SuccessThreshold", With(s => s with { StartupProbe = new() { SuccessThreshold = 1 } }), "Deployment spec.template.spec.containers[0].startupProbe.successThreshold", "1" },
        { "StartupProbe.FailureThreshold", With(s => s with { StartupProbe = new() { FailureThreshold = 7 } }), "Deployment spec.template.spec.containers[0].startupProbe.failureThreshold", "7" },
        { "StartupProbe.Enabled", With(s => s with { StartupProbe = new() { Enabled = false } }), "Deployment spec.template.spec.containers[0].startupProbe", null },
    };
}
