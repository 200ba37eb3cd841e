using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the user should know before going on, although it is no mistake.</summary>
internal static class PlanWarnings
{
    private const int ShortKey = 16;

    public static IReadOnlyList<string> Of(DeploymentSettings settings, RenderedManifest manifest) =>
    [
        .. OfImage(settings),
        .. OfReplicas(settings),
        .. OfAuthentication(settings),
        .. OfAccess(settings),
        .. OfHostPorts(manifest),
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

    private static IEnumerable<string> OfHostPorts(RenderedManifest manifest)
    {
        if (HostPorts.Takes(manifest.Pod))
        {
            yield return "The pods take ports of their nodes: an update stops each old one before the new one can begin, and requests are lost meanwhile with one replica.";
        }
    }

    private static IEnumerable<string> OfAuthentication(DeploymentSettings settings)
    {
        if (settings.AuthKey is { } key)
        {
            if (!settings.ImageIsOurs)
            {
                yield return $"{settings.Image} was not built here: the callers' keys are given to it, and hold only if it asks for them.";
            }

            if (key.Value?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(line => line.Length < ShortKey) == true)
            {
                yield return $"A key of callers is shorter than {ShortKey} characters: it can be guessed. .WithAuthKey() makes one that cannot.";
            }
        }
        else if (OutsideBy(settings) is { } way)
        {
            yield return $"Whoever reaches the pipeline {way} can invoke it: it asks for no key. .WithAuthKey() lets it ask for one.";
        }
    }

    private static string? OutsideBy(DeploymentSettings settings) => settings switch
    {
        { Ingress: not null } => "by its Ingress",
        { Gateway: not null } => "by its Gateway",
        { Service.Type: ServiceType.LoadBalancer } => "by its load balancer",
        { Service.Type: ServiceType.NodePort } => "by its node port",
        _ => null,
    };

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
