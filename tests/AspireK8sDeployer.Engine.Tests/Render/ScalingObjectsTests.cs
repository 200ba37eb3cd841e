using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class ScalingObjectsTests
{
    private const string Target = """
        "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"greeter"}
        """;

    private static AutoscalingSettings Keda(AutoscalingMetric metric, int? target) =>
        new() { Autoscaler = AutoscalerKind.Keda, Metric = metric, Target = target, PrometheusAddress = "http://prometheus.monitoring:9090" };

    [Theory]
    [InlineData(AutoscalingMetric.Cpu, null, """{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}""")]
    [InlineData(AutoscalingMetric.Memory, 80, """{"type":"Resource","resource":{"name":"memory","target":{"type":"Utilization","averageUtilization":80}}}""")]
    [InlineData(AutoscalingMetric.Concurrency, 10, """{"type":"Pods","pods":{"metric":{"name":"pipeline_invocations_in_flight"},"target":{"type":"AverageValue","averageValue":"10"}}}""")]
    [InlineData(AutoscalingMetric.Rps, 2000, """{"type":"Pods","pods":{"metric":{"name":"pipeline_invocations_per_second"},"target":{"type":"AverageValue","averageValue":"2k"}}}""")]
    public void HorizontalAutoscaler_LooksAtTheMetric(AutoscalingMetric metric, int? target, string expected)
    {
        var settings = Between(1, 5) with { Autoscaling = new AutoscalingSettings { Metric = metric, Target = target } };

        Assert.Equal($$"""{{{Target}},"minReplicas":1,"maxReplicas":5,"metrics":[{{expected}}]}""", Rendered.Spec(settings, "HorizontalPodAutoscaler"));
        Assert.DoesNotContain("ScaledObject", Rendered.Kinds(settings));
    }

    [Theory]
    [InlineData(AutoscalingMetric.Cpu, null, """{"type":"cpu","metricType":"Utilization","metadata":{"value":"70"}}""")]
    [InlineData(AutoscalingMetric.Memory, 80, """{"type":"memory","metricType":"Utilization","metadata":{"value":"80"}}""")]
    [InlineData(AutoscalingMetric.Concurrency, 10, """{"type":"prometheus","metricType":"AverageValue","metadata":{"serverAddress":"http://prometheus.monitoring:9090","query":"sum(pipeline_invocations_in_flight{deployment_id=\"54262da4-672c-8387-861b-45be4ef4d26a\"})","threshold":"10"}}""")]
    [InlineData(AutoscalingMetric.Rps, 2000, """{"type":"prometheus","metricType":"AverageValue","metadata":{"serverAddress":"http://prometheus.monitoring:9090","query":"sum(rate(pipeline_invocations_total{deployment_id=\"54262da4-672c-8387-861b-45be4ef4d26a\"}[1m]))","threshold":"2000"}}""")]
    public void Keda_HasATriggerForTheMetric(AutoscalingMetric metric, int? target, string expected)
    {
        var settings = Between(1, 5) with { Autoscaling = Keda(metric, target) };

        Assert.Equal(
            $$"""{{{Target}},"minReplicaCount":1,"maxReplicaCount":5,"triggers":[{{expected}}]}""",
            Rendered.Body(settings, "ScaledObject")["spec"]!.ToJsonString(Rendered.Readable));
        Assert.DoesNotContain("HorizontalPodAutoscaler", Rendered.Kinds(settings));
    }

    [Fact]
    public void BesideASidecar_ThePipelinesContainerAloneIsLookedAt()
    {
        var settings = Between(1, 5) with { Pod = new PodSettings { Sidecars = [new V1Container { Name = "proxy", Image = "proxy" }] } };
        var byKeda = settings with { Autoscaling = Keda(AutoscalingMetric.Memory, 80) };

        Assert.Equal(
            """[{"type":"ContainerResource","containerResource":{"name":"cpu","container":"greeter","target":{"type":"Utilization","averageUtilization":70}}}]""",
            Rendered.Body(settings, "HorizontalPodAutoscaler")["spec"]!["metrics"]!.ToJsonString());
        Assert.Equal(
            """[{"type":"memory","metricType":"Utilization","metadata":{"value":"80","containerName":"greeter"}}]""",
            Rendered.Body(byKeda, "ScaledObject")["spec"]!["triggers"]!.ToJsonString());
    }

    [Fact]
    public void MetricsPort_IsNamedWhereAnAutoscalerNeedsIt()
    {
        var settings = Between(1, 5) with { Autoscaling = Keda(AutoscalingMetric.Rps, 10) };

        Assert.Equal(
            """[{"name":"http","containerPort":8000,"protocol":"TCP"},{"name":"metrics","containerPort":9464,"protocol":"TCP"}]""",
            Rendered.Container(settings)["ports"]!.ToJsonString());
        Assert.Single(Rendered.Container(settings with { ImageIsOurs = false })["ports"]!.AsArray());
        Assert.Single(Rendered.Container(Between(1, 5))["ports"]!.AsArray());
    }

    [Theory]
    [InlineData(1, 5, null, false)]
    [InlineData(2, 5, null, true)]
    [InlineData(2, 2, null, true)]
    [InlineData(2, 5, false, false)]
    [InlineData(1, 5, true, true)]
    public void DisruptionBudget_ComesWithTwoReplicas_OrWhenAskedFor(int minimum, int maximum, bool? asked, bool expected)
    {
        var settings = Between(minimum, maximum) with { PodDisruptionBudget = asked };

        Assert.Equal(
            expected ? """{"maxUnavailable":1,"selector":{"matchLabels":{"aspire-k8s.dev/deployment":"greeter"}},"unhealthyPodEvictionPolicy":"AlwaysAllow"}""" : null,
            Rendered.Kinds(settings).Contains("PodDisruptionBudget") ? Rendered.Spec(settings, "PodDisruptionBudget") : null);
    }

    [Fact]
    public void MaxConcurrency_IsToldToServing() =>
        Assert.Equal("8", Rendered.Environment(A.Settings() with { MaxConcurrency = 8 })["PipelineDeployment__MaxConcurrency"]);

    private static DeploymentSettings Between(int minimum, int maximum) =>
        A.Settings() with { Resources = new ResourceSettings { MinReplicas = minimum, MaxReplicas = maximum } };
}
