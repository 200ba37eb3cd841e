using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>
/// Rules of the user's own change to the pod. They are asked last, and only of settings that are right so far: there is no
/// pod to change otherwise.
/// </summary>
internal static class ConfigureRules
{
    private const string Leave = "leave it as it is in .WithPodSettings(p => p.Configure = pod => …)";

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        if (settings.Pod.Configure is not { } configure || errors.Found.Count > 0)
        {
            return;
        }

        var check = new SettingCheck(errors, "Pod.Configure", Leave);
        var before = PodObject.Unconfigured(settings, new ObjectMetadata(settings), PodLinks.Example(settings));
        if (Run(before, configure, check) is { } after)
        {
            check.Unless(JsonNode.DeepEquals(after, Run(before, configure, check)), "it gives another pod each time, so that every deploy would roll the pods");
            CheckPod(Read(before), Read(after), settings, check);
        }
    }

    private static JsonObject? Run(JsonObject before, Action<V1PodSpec> configure, SettingCheck check)
    {
        try
        {
            return ConfiguredPod.Of(before, configure);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever the user's code throws is the user's mistake, and one of possibly many.
            (check with { Fix = "correct the code of .WithPodSettings(p => p.Configure = pod => …)" }).Unless(false, $"it threw {failure.GetType().Name}: {failure.Message}");
            return null;
        }
    }

    private static void CheckPod(V1PodSpec before, V1PodSpec after, DeploymentSettings settings, SettingCheck check)
    {
        check.Unless(after.RestartPolicy is null or "Always", $"RestartPolicy '{after.RestartPolicy}' is not Always, the only one for a Deployment");
        check.Unless(after.EphemeralContainers is null, "ephemeral containers are added to pods that run, not to a Deployment");
        check.Unless(after.ActiveDeadlineSeconds is null, "ActiveDeadlineSeconds would end a pod that is to run on");
        var pipelines = after.Containers?.Where(container => container.Name == settings.Name).ToList() ?? [];
        check.Unless(pipelines.Count == 1, $"there is no longer exactly one container '{settings.Name}', the pipeline's own");
        if (pipelines.Count != 1)
        {
            return;
        }

        CheckPipeline(before.Containers[0], pipelines[0], after, check);
        CheckOthers(after, settings, check);
        var own = before.Volumes?.Where(volume => PodVolumes.IsOurs(volume.Name)).ToList() ?? [];
        check.Unless(own.TrueForAll(volume => Same(volume, after.Volumes?.FirstOrDefault(other => other.Name == volume.Name))), "the deployer's own volumes are changed");
    }

    private static void CheckPipeline(V1Container old, V1Container pipeline, V1PodSpec after, SettingCheck check)
    {
        var port = old.Ports[0];
        check.Unless(
            pipeline.Ports?.Any(other => Same(other, port)) == true && pipeline.Ports.Count(other => other.Name == port.Name) == 1,
            $"the pipeline's port '{port.Name}' {port.ContainerPort} is changed; .WithService(s => s.Port = …) changes it everywhere");
        foreach (var variable in old.Env.Where(variable => EnvironmentRules.IsOurs(variable.Name)))
        {
            check.Unless(pipeline.Env?.Count(other => other.Name == variable.Name && Same(other, variable)) == 1, $"'{variable.Name}', which the deployer sets, is changed");
        }

        foreach (var mount in old.VolumeMounts?.Where(mount => PodVolumes.IsOurs(mount.Name)) ?? [])
        {
            check.Unless(pipeline.VolumeMounts?.Any(other => Same(other, mount)) == true, $"the deployer's own mount at '{mount.MountPath}' is changed");
        }

        VariableRules.Check(pipeline.Env, check);
        VariableRules.CheckSources(pipeline.EnvFrom, check);
        MountRules.Check(pipeline.VolumeMounts, after.Volumes ?? [], check);
        SecurityRules.CheckContainer(pipeline.SecurityContext, after.SecurityContext, check);
    }

    private static void CheckOthers(V1PodSpec after, DeploymentSettings settings, SettingCheck check)
    {
        var scope = new PodScope(settings.Name, settings.Service.Port, [.. after.Volumes ?? []], after.SecurityContext, after.HostNetwork == true);
        List<V1Container> others = [.. after.InitContainers ?? [], .. after.Containers?.Where(container => container.Name != settings.Name) ?? []];
        foreach (var container in others)
        {
            ContainerRules.Check(container, scope, check);
        }

        foreach (var same in others.GroupBy(container => container.Name).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"two containers are named '{same.Key}'");
        }

        TolerationRules.Check(after.Tolerations ?? [], check);
        AffinityRules.Check(after.Affinity, check);
        TopologySpreadRules.Check(after.TopologySpreadConstraints ?? [], check);
        VolumeRules.Check(after.Volumes ?? [], check);
        SecurityRules.CheckPod(after.SecurityContext, check);
        NetworkRules.CheckAliases(after.HostAliases, check);
        NetworkRules.CheckPolicy(after.DnsPolicy, after.DnsConfig, check);
        NetworkRules.CheckConfig(after.DnsConfig, check);
    }

    private static bool Same(object one, object? other) => other is not null && KubernetesJson.Serialize(one) == KubernetesJson.Serialize(other);

    private static V1PodSpec Read(JsonObject pod) => KubernetesJson.Deserialize<V1PodSpec>(pod.ToJsonString());
}
