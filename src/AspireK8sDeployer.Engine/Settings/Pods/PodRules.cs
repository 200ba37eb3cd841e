using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of what the pods are besides their container; those of the API server, as far as they can be known before the call.</summary>
internal static class PodRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        var pod = settings.Pod;
        CheckMetadata(settings, errors);
        TolerationRules.Check(pod.Tolerations, Check("Tolerations", "[new V1Toleration { Key = \"gpu\", OperatorProperty = \"Exists\", Effect = \"NoSchedule\" }]"));
        AffinityRules.Check(pod.Affinity, Check("Affinity", "new V1Affinity { … }"));
        TopologySpreadRules.Check(
            pod.TopologySpread, Check("TopologySpread", "[new V1TopologySpreadConstraint { MaxSkew = 1, TopologyKey = \"topology.kubernetes.io/zone\", WhenUnsatisfiable = \"ScheduleAnyway\" }]"));
        var volumes = Check("Volumes", "[new V1Volume { Name = \"cache\", EmptyDir = new() }]");
        VolumeRules.Check(pod.Volumes, volumes);
        foreach (var volume in pod.Volumes.Where(volume => PodVolumes.IsOurs(volume?.Name)))
        {
            volumes.Unless(false, $"'{volume.Name}' is the name of the deployer's own volume");
        }

        MountRules.Check(pod.VolumeMounts, pod.Volumes, Check("VolumeMounts", "[new V1VolumeMount { Name = \"cache\", MountPath = \"/var/cache\" }]"));
        CheckAuthPath(settings, errors);
        ConfigFileRules.Check(pod, new SettingCheck(errors, "Pod.ConfigFiles", ".WithPodSettings(p => p.ConfigFiles[\"/etc/greeter/app.json\"] = \"…\")"));
        CheckVariables(settings, errors);
        ContainerRules.Check(settings, errors);
        SecurityRules.CheckPod(pod.PodSecurityContext, Check("PodSecurityContext", "new V1PodSecurityContext { RunAsUser = 1000 }"));
        SecurityRules.CheckContainer(pod.ContainerSecurityContext, pod.PodSecurityContext, Check("ContainerSecurityContext", "new V1SecurityContext { ReadOnlyRootFilesystem = true }"));
        CheckNames(pod, errors);
        NetworkRules.Check(pod, errors);

        SettingCheck Check(string setting, string example) => Of(errors, setting, example);
    }

    public static SettingCheck Of(SettingsErrors errors, string setting, string example) =>
        new(errors, $"Pod.{setting}", $".WithPodSettings(p => p.{setting} = {example})");

    private static void CheckMetadata(DeploymentSettings settings, SettingsErrors errors)
    {
        var pod = settings.Pod;
        MetadataRules.CheckLabels(pod.Labels, "Pod.Labels", ".WithPodSettings(p => p.Labels[\"team\"] = \"payments\")", errors);
        MetadataRules.CheckAnnotations(pod.Annotations, settings.Annotations, "Pod.Annotations", ".WithPodSettings(p => p.Annotations[\"example.com/owner\"] = \"payments\")", errors);
        var check = new SettingCheck(errors, "Pod.NodeSelectors", ".WithPodSettings(p => p.NodeSelectors[\"kubernetes.io/arch\"] = \"amd64\")");
        foreach (var (key, value) in pod.NodeSelectors.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            check.Unless(SyntaxRules.IsQualifiedName(key), $"'{key}' is not a label's key ([prefix/]name)");
            check.Unless(SyntaxRules.IsLabelValue(value), $"the value '{value}' of '{key}' is not a label value (letters, digits, '-', '_' and '.', at most 63)");
        }
    }

    private static void CheckVariables(DeploymentSettings settings, SettingsErrors errors)
    {
        var check = Of(errors, "Env", "[new V1EnvVar { Name = \"NODE\", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = \"spec.nodeName\" } } }]");
        VariableRules.Check(settings.Pod.Env, check);
        foreach (var variable in settings.Pod.Env.Where(variable => variable?.Name is not null))
        {
            check.Unless(!EnvironmentRules.IsOurs(variable.Name), $"'{variable.Name}' is set by the deployer");
            check.Unless(
                !settings.Environment.ContainsKey(variable.Name) && !settings.SecretEnvironment.ContainsKey(variable.Name),
                $"'{variable.Name}' is set twice, also by .WithEnvironment(\"{variable.Name}\", …)");
        }

        VariableRules.CheckSources(settings.Pod.EnvFrom, Of(errors, "EnvFrom", "[new V1EnvFromSource { SecretRef = new V1SecretEnvSource { Name = \"credentials\" } }]"));
    }

    private static void CheckAuthPath(DeploymentSettings settings, SettingsErrors errors)
    {
        if (settings.AuthKey is null)
        {
            return;
        }

        CheckPlaces("Pod.VolumeMounts", settings.Pod.VolumeMounts.Select(mount => mount?.MountPath));
        CheckPlaces("Pod.ConfigFiles", settings.Pod.ConfigFiles.Keys);

        void CheckPlaces(string setting, IEnumerable<string?> paths)
        {
            foreach (var path in paths.OfType<string>())
            {
                errors.Unless(
                    path.TrimEnd('/') != AuthSecret.MountPath && !path.StartsWith(AuthSecret.MountPath + "/", StringComparison.Ordinal),
                    setting, $"'{path}' is where the deployer mounts the callers' keys", "mount it somewhere else");
            }
        }
    }

    private static void CheckNames(PodSettings pod, SettingsErrors errors)
    {
        CheckName("SchedulerName", pod.SchedulerName, "a scheduler", "\"my-scheduler\"");
        CheckName("RuntimeClassName", pod.RuntimeClassName, "a RuntimeClass", "\"gvisor\"");
        CheckName("PriorityClassName", pod.PriorityClassName, "a PriorityClass", "\"business-critical\"");

        void CheckName(string setting, string? name, string what, string example) => Of(errors, setting, example).Unless(
            name is null || SyntaxRules.IsDnsSubdomain(name), $"'{name}' is not the name of {what} (lower case letters, digits, '-' and '.')");
    }
}
