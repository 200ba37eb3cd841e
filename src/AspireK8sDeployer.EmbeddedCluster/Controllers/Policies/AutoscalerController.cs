using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;

/// <summary>
/// Keeps targets of HorizontalPodAutoscalers within their bounds. There are no metrics in the embedded cluster, and it says
/// so as a cluster without a metrics server does.
/// </summary>
internal sealed class AutoscalerController : Controller
{
    private static readonly EventSource Source = new("horizontal-pod-autoscaler", Manager);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _known = [];

    public AutoscalerController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V2HorizontalPodAutoscaler>((autoscaler, deleted) =>
        {
            // Its own status writes are no reason to look again before it is time.
            if (deleted)
            {
                _known.Remove(autoscaler.Metadata.Uid);
            }
            else if (_known.Add(autoscaler.Metadata.Uid))
            {
                EnqueueAfter(ObjectKey.Of(autoscaler), FirstLook);
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V2HorizontalPodAutoscaler>(key.Namespace, key.Name) is not { } autoscaler)
        {
            return;
        }

        EnqueueAfter(key, Period);
        var before = KubernetesJson.Serialize(autoscaler.Status ?? new V2HorizontalPodAutoscalerStatus());
        var status = autoscaler.Status ??= new V2HorizontalPodAutoscalerStatus();
        Work(autoscaler, status);
        if (KubernetesJson.Serialize(status) != before)
        {
            Api.UpdateStatus(autoscaler, Manager);
        }
    }

    private void Work(V2HorizontalPodAutoscaler autoscaler, V2HorizontalPodAutoscalerStatus status)
    {
        var target = Find(autoscaler, out var problem);
        if (target is null)
        {
            Context.Events.Warning(Source, autoscaler, "FailedGetScale", problem!);
            Set(status, "AbleToScale", "False", "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {problem}");
            return;
        }

        var current = target["spec"]?["replicas"]?.GetValue<int>() ?? 1;
        var minimum = autoscaler.Spec.MinReplicas ?? 1;
        status.CurrentReplicas = target["status"]?["replicas"]?.GetValue<int>() ?? 0;

        if (current == 0)
        {
            Set(status, "AbleToScale", "True", "SucceededGetScale", "the HPA controller was able to get the target's current scale");
            Set(status, "ScalingActive", "False", "ScalingDisabled", "scaling is disabled since the replica count of the target is zero");
        }
        else if (current < minimum)
        {
            Rescale(autoscaler, status, target, minimum, "Current number of replicas below Spec.MinReplicas");
        }
        else if (current > autoscaler.Spec.MaxReplicas)
        {
            Rescale(autoscaler, status, target, autoscaler.Spec.MaxReplicas, "Current number of replicas above Spec.MaxReplicas");
        }
        else
        {
            Set(status, "AbleToScale", "True", "SucceededGetScale", "the HPA controller was able to get the target's current scale");
            ReportNoMetrics(autoscaler, status);
        }
    }

    private JsonObject? Find(V2HorizontalPodAutoscaler autoscaler, out string? problem)
    {
        var reference = autoscaler.Spec.ScaleTargetRef;
        var version = (reference.ApiVersion ?? "v1").Split('/');
        var kind = Api.Resources.FindKind(version.Length == 2 ? version[0] : "", version[^1], reference.Kind);
        var target = kind is null ? null : Api.Get(kind, autoscaler.Metadata.NamespaceProperty, reference.Name);
        problem = target is not null ? null
            : kind is null ? $"no matches for kind \"{reference.Kind}\" in group \"{(version.Length == 2 ? version[0] : "")}\""
            : $"{kind.GroupResource} \"{reference.Name}\" not found";
        return target;
    }

    private void Rescale(V2HorizontalPodAutoscaler autoscaler, V2HorizontalPodAutoscalerStatus status, JsonObject target, int replicas, string reason)
    {
        target["spec"]!["replicas"] = replicas;
        Api.Update(Api.Resources.Kind(target["apiVersion"]!.GetValue<string>(), target["kind"]!.GetValue<string>()), target, Manager);
        status.DesiredReplicas = replicas;
        status.LastScaleTime = Now;
        Set(status, "AbleToScale", "True", "SucceededRescale", $"the HPA controller was able to update the target scale to {replicas}");
        Context.Events.Normal(Source, autoscaler, "SuccessfulRescale", $"New size: {replicas}; reason: {reason}");
    }

    private void ReportNoMetrics(V2HorizontalPodAutoscaler autoscaler, V2HorizontalPodAutoscalerStatus status)
    {
        var metrics = autoscaler.Spec.Metrics ?? [];
        if (metrics.Count == 0)
        {
            return;
        }

        // Every metric fails; the first one's failure is the one that the status tells.
        var (reason, cause, value) = MissingMetric.Of(metrics[0]);
        Context.Events.Warning(Source, autoscaler, reason, cause);
        Context.Events.Warning(
            Source,
            autoscaler,
            "FailedComputeMetricsReplicas",
            $"invalid metrics ({metrics.Count} invalid out of {metrics.Count}), first error is: {value}: {cause}");
        status.CurrentMetrics = [.. metrics.Select(_ => new V2MetricStatus { Type = "" })];
        Set(status, "ScalingActive", "False", reason, $"the HPA was unable to compute the replica count: {cause}");
    }

    private void Set(V2HorizontalPodAutoscalerStatus status, string type, string value, string reason, string message)
    {
        var conditions = status.Conditions ??= [];
        if (conditions.FirstOrDefault(condition => condition.Type == type) is not { } condition)
        {
            conditions.Add(condition = new V2HorizontalPodAutoscalerCondition { Type = type });
        }

        if (condition.Status != value)
        {
            condition.LastTransitionTime = Now;
        }

        (condition.Status, condition.Reason, condition.Message) = (value, reason, message);
    }
}
