namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of processors, memory, devices and replicas.</summary>
internal static class ResourceRules
{
    public static void Check(ResourceSettings resources, SettingsErrors errors)
    {
        errors.Unless(CpuQuantity.IsValid(resources.Cpu), "Resources.Cpu", $"{resources.Cpu} is not more than 0", ".WithResources(cpu: 0.5)");
        errors.Unless(
            MemoryQuantity.TryParse(resources.Memory, out var bytes) && bytes > 0, "Resources.Memory",
            $"'{resources.Memory}' is not an amount of memory (for example 512Mi, 2GiB, 4GB)", ".WithResources(memory: \"2GiB\")");
        errors.Unless(resources.Gpu is null or >= 0, "Resources.Gpu", $"{resources.Gpu} is less than 0", ".WithResources(gpu: 1)");
        CheckReplicas(resources, errors);
    }

    private static void CheckReplicas(ResourceSettings resources, SettingsErrors errors)
    {
        errors.Unless(
            resources.MinReplicas is not 0, "Resources.MinReplicas", "0 needs an autoscaler that can scale to zero, and the horizontal pod autoscaler cannot",
            ".WithResources(minReplicas: 1)");
        errors.Unless(resources.MinReplicas is null or >= 0, "Resources.MinReplicas", $"{resources.MinReplicas} is less than 1", ".WithResources(minReplicas: 1)");
        errors.Unless(resources.MaxReplicas is null or >= 1, "Resources.MaxReplicas", $"{resources.MaxReplicas} is less than 1", ".WithResources(maxReplicas: 1)");
        var replicas = Replicas.Of(resources);
        errors.Unless(
            replicas.Minimum <= replicas.Maximum, "Resources.MaxReplicas", $"{replicas.Maximum} is less than the minimum, {replicas.Minimum}",
            $".WithResources(minReplicas: {replicas.Minimum}, maxReplicas: {replicas.Minimum})");
    }
}
