using System.Text.RegularExpressions;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of the containers before the pipeline and beside it.</summary>
internal static partial class ContainerRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var init = PodRules.Of(errors, "InitContainers", "[new V1Container { Name = \"migrate\", Image = \"registry.example.com/migrate:1.0\" }]");
        var beside = PodRules.Of(errors, "Sidecars", "[new V1Container { Name = \"proxy\", Image = \"registry.example.com/proxy:1.0\" }]");
        var inits = init.Elements(settings.Pod.InitContainers);
        var sidecars = beside.Elements(settings.Pod.Sidecars);
        var scope = PodScope.Of(settings);
        foreach (var container in inits)
        {
            Check(container, scope, init);
            init.Unless(container.RestartPolicy is null or "Always", $"RestartPolicy '{container.RestartPolicy}' of '{container.Name}' is not Always, which begins it before what follows and does not wait for it");
            CheckEndsItself(container, init);
        }

        foreach (var container in sidecars)
        {
            Check(container, scope, beside);
            beside.Unless(container.RestartPolicy is null or "Always", $"RestartPolicy '{container.RestartPolicy}' of '{container.Name}' is not Always, the only one for a sidecar");
        }

        foreach (var same in inits.Concat(sidecars).GroupBy(container => container.Name).Where(group => group.Count() > 1))
        {
            (inits.Any(container => container.Name == same.Key) ? init : beside).Unless(false, $"two containers are named '{same.Key}'");
        }
    }

    /// <summary>What any container obeys.</summary>
    public static void Check(V1Container container, PodScope pod, SettingCheck check)
    {
        check.Unless(container.Name is not null && SyntaxRules.IsDnsLabel(container.Name), $"'{container.Name}' is not a container's name (lower case letters, digits and '-', at most 63)");
        check.Unless(container.Name != pod.Pipeline, $"'{container.Name}' is the name of the pipeline's own container");
        check.Unless(container.Image is not null && SyntaxRules.IsImageReference(container.Image), $"'{container.Image}' of '{container.Name}' is not an image reference ([host[:port]/]path[:tag][@digest])");
        check.Unless(
            container.ImagePullPolicy is null or "Always" or "IfNotPresent" or "Never", $"'{container.ImagePullPolicy}' of '{container.Name}' is not a pull policy (Always, IfNotPresent, Never)");
        check.Unless(
            container.TerminationMessagePolicy is null or "File" or "FallbackToLogsOnError",
            $"'{container.TerminationMessagePolicy}' of '{container.Name}' is not a TerminationMessagePolicy (File, FallbackToLogsOnError)");
        CheckPorts(container, pod, check);
        CheckAmounts(container, check);
        VariableRules.Check(container.Env, check);
        VariableRules.CheckSources(container.EnvFrom, check);
        MountRules.Check(container.VolumeMounts, pod.Volumes, check);
        SecurityRules.CheckContainer(container.SecurityContext, pod.Security, check);
    }

    // The others wait for its end, so nobody asks whether it lives.
    private static void CheckEndsItself(V1Container container, SettingCheck check)
    {
        if (container.RestartPolicy is null)
        {
            check.Unless(
                container.LivenessProbe is null && container.ReadinessProbe is null && container.StartupProbe is null && container.Lifecycle is null,
                $"'{container.Name}' has probes or a lifecycle, which only a sidecar can have; it belongs into Sidecars");
        }
    }

    private static void CheckPorts(V1Container container, PodScope pod, SettingCheck check)
    {
        var ports = check.Elements(container.Ports);
        foreach (var port in ports)
        {
            check.Unless(port.ContainerPort is >= 1 and <= 65535, $"{port.ContainerPort} of '{container.Name}' is not a port (1 to 65535)");
            check.Unless(port.HostPort is null or (>= 1 and <= 65535), $"{port.HostPort} of '{container.Name}' is not a port (1 to 65535)");
            check.Unless(port.Name is null || (port.Name.Length <= 15 && PortName().IsMatch(port.Name)), $"'{port.Name}' of '{container.Name}' is not a port's name (lower case letters, digits and '-', at most 15)");
            check.Unless(port.Protocol is null or "TCP" or "UDP" or "SCTP", $"'{port.Protocol}' of '{container.Name}' is not a protocol (TCP, UDP, SCTP)");
            check.Unless(
                !pod.HostNetwork || port.HostPort is null || port.HostPort == port.ContainerPort,
                $"HostPort {port.HostPort} of '{container.Name}' must be its port {port.ContainerPort}, because HostNetwork is on");
            // The containers of a pod share one address.
            check.Unless(port.ContainerPort != pod.Port || port.Protocol is "UDP" or "SCTP", $"{port.ContainerPort} of '{container.Name}' is the port that the pipeline listens on");
        }

        foreach (var same in ports.Where(port => port.Name is not null).GroupBy(port => port.Name).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"two ports of '{container.Name}' are named '{same.Key}'");
        }
    }

    private static void CheckAmounts(V1Container container, SettingCheck check)
    {
        foreach (var (name, request) in container.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>())
        {
            if (container.Resources!.Limits?.TryGetValue(name, out var limit) == true)
            {
                check.Unless(request.ToDecimal() <= limit.ToDecimal(), $"'{container.Name}' requests more {name} ({request}) than its limit ({limit})");
            }
        }
    }

    [GeneratedRegex(@"\A(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex PortName();
}
