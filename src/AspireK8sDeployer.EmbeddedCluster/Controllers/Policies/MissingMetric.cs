using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;

/// <summary>What a real autoscaler says of a metric in a cluster that has no metrics API of any kind.</summary>
/// <param name="Reason">The reason of its condition and event.</param>
/// <param name="Cause">The message of the event.</param>
/// <param name="Value">What could not be got, for the event that counts failures.</param>
internal readonly record struct MissingMetric(string Reason, string Cause, string Value)
{
    private const string NoResourceMetrics =
        "unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)";

    private const string NoCustomMetrics = "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered";

    public static MissingMetric Of(V2MetricSpec metric) => metric switch
    {
        { Resource: { } resource } => new(
            "FailedGetResourceMetric", OfResource(resource.Name, resource.Target), $"failed to get {resource.Name} resource metric value"),
        { ContainerResource: { } resource } => new(
            "FailedGetContainerResourceMetric", OfResource(resource.Name, resource.Target), $"failed to get {resource.Name} container metric value"),
        { Pods.Metric.Name: var name } => new("FailedGetPodsMetric", $"unable to get metric {name}: {NoCustomMetrics}", "failed to get pods metric value"),
        { ObjectProperty: { } target } => new(
            "FailedGetObjectMetric",
            $"unable to get metric {target.Metric.Name}: {NoCustomMetrics}",
            "failed to get object metric value"),
        { External.Metric.Name: var name } => new(
            "FailedGetExternalMetric",
            $"unable to get external metric {name}: unable to fetch metrics from external metrics API: "
                + $"the server could not find the requested resource (get {name}.external.metrics.k8s.io)",
            $"failed to get {name} external metric value"),
        _ => new("InvalidMetricSourceType", $"unknown metric source type \"{metric.Type}\"", "failed to get metric value"),
    };

    private static string OfResource(string name, V2MetricTarget target) =>
        $"failed to get {name} {(target.Type == "Utilization" ? "utilization" : "usage")}: unable to get metrics for resource {name}: {NoResourceMetrics}";
}
