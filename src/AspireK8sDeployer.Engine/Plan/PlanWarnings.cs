using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the user should know before going on, although it is no mistake.</summary>
internal static class PlanWarnings
{
    public static IReadOnlyList<string> Of(DeploymentSettings settings, RenderedManifest manifest) =>
    [
        .. OfImage(settings),
        .. OfReplicas(settings),
        .. OfAccess(settings),
        .. RestrictedPods.Warnings(manifest.Pod, settings.ImageIsOurs),
    ];

    private static IEnumerable<string> OfImage(DeploymentSettings settings)
    {
        if (settings.ImageIsOurs)
        {
            yield break;
        }

        yield return $"{settings.Image} was not built here: it runs as the user that it names, and its probes ask /health alone.";
        if (settings.MaxConcurrency is not null)
        {
            yield return $"{settings.Image} was not built here: MaxConcurrency is told to it, and holds only if it looks at it.";
        }
    }

    private static IEnumerable<string> OfReplicas(DeploymentSettings settings)
    {
        var replicas = Replicas.Of(settings.Resources);
        if (replicas.Minimum == 0)
        {
            yield return "With no replica left there is nothing that answers or measures: the pipeline's own metrics cannot bring one back. "
                + "Something outside has to, such as KEDA's HTTP add-on.";
        }

        if (settings.PodDisruptionBudget == true && replicas.Maximum == 1)
        {
            yield return "The PodDisruptionBudget keeps nothing with one replica: a drained node takes it along.";
        }

        if (!replicas.Autoscaled && settings.Autoscaling != new AutoscalingSettings())
        {
            yield return $"Autoscaling has no effect: minimum and maximum of the replicas are both {replicas.Minimum}.";
        }
    }

    private static IEnumerable<string> OfAccess(DeploymentSettings settings)
    {
        if (settings.Ingress is { PathType: IngressPathType.Exact } ingress)
        {
            yield return $"The Ingress lets in {ingress.Path} alone: with an exact path nothing below it is reached.";
        }

        if ((settings.ServiceAccount.Role ?? settings.ServiceAccount.ClusterRole) is { } role && !settings.ServiceAccount.MountToken)
        {
            yield return $"The pods' account has the role {role}, but the pods do not get its token (ServiceAccount.MountToken).";
        }
    }
}
