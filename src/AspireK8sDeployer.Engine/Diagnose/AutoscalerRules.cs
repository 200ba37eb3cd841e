using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>What the cluster's autoscaler does about a pod that no node takes.</summary>
internal static class AutoscalerRules
{
    public static Diagnosis Refine(Diagnosis diagnosis, RolloutObjects objects, V1Pod pod)
    {
        var said = objects.EventsOf(pod.Metadata).FirstOrDefault(@event => @event.Reason is "TriggeredScaleUp" or "NotTriggerScaleUp" or "Nominated");
        return said?.Reason switch
        {
            null => diagnosis,
            "NotTriggerScaleUp" => diagnosis with
            {
                Problem = $"{diagnosis.Problem}; and the autoscaler cannot help: {said.Message}",
            },
            _ => diagnosis with
            {
                Code = "AUTOSCALING",
                Problem = $"{diagnosis.Problem}; the autoscaler adds a node: {said.Message}",
                Meanwhile = $"a node is being added ({said.Message})",
                Fix = "give the new node more time with .WithDeployTimeout(…)",
            },
        };
    }
}
