using AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Policies;

public class MissingMetricTests
{
    private const string NoMetrics = "unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)";

    [Fact]
    public void UtilizationOfCpu_IsMissingItsMetricsApi() => Assert.Equal(
        new MissingMetric(
            "FailedGetResourceMetric", $"failed to get cpu utilization: unable to get metrics for resource cpu: {NoMetrics}", "failed to get cpu resource metric value"),
        MissingMetric.Of(Resource("cpu", "Utilization")));

    [Fact]
    public void AverageOfMemory_IsCalledUsage() => Assert.Equal(
        $"failed to get memory usage: unable to get metrics for resource memory: {NoMetrics}", MissingMetric.Of(Resource("memory", "AverageValue")).Cause);

    [Fact]
    public void MetricOfPods_IsMissingTheCustomMetricsApi()
    {
        var metric = new V2MetricSpec
        {
            Type = "Pods",
            Pods = new V2PodsMetricSource { Metric = new V2MetricIdentifier { Name = "pipeline_invocations_in_flight" }, Target = new V2MetricTarget { Type = "AverageValue" } },
        };

        Assert.Equal(
            new MissingMetric(
                "FailedGetPodsMetric",
                "unable to get metric pipeline_invocations_in_flight: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered",
                "failed to get pods metric value"),
            MissingMetric.Of(metric));
    }

    private static V2MetricSpec Resource(string name, string type) =>
        new() { Type = "Resource", Resource = new V2ResourceMetricSource { Name = name, Target = new V2MetricTarget { Type = type } } };
}
