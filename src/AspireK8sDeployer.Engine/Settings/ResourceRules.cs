using System.Globalization;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of processors, memory, devices and replicas.</summary>
internal static class ResourceRules
{
    public static void Check(ResourceSettings resources, SettingsErrors errors)
    {
        var cpu = resources.Cpu.ToString(CultureInfo.InvariantCulture);
        errors.Unless(resources.Cpu > 0, "Resources.Cpu", $"{cpu} is not more than 0", ".WithResources(cpu: 0.5)");
        errors.Unless(
            !(resources.Cpu > 0) || CpuQuantity.IsValid(resources.Cpu), "Resources.Cpu",
            $"{cpu} processors are more than any machine has; half of one is 0.5", ".WithResources(cpu: 0.5)");
        CheckMemory(resources.Memory, errors);
        errors.Unless(resources.Gpu is null or >= 0, "Resources.Gpu", $"{resources.Gpu} is less than 0", ".WithResources(gpu: 1)");
        CheckReplicas(resources, errors);
    }

    private static void CheckMemory(string memory, SettingsErrors errors)
    {
        const string Mend = ".WithResources(memory: \"2GiB\")";
        if (memory.TrimEnd().EndsWith('m'))
        {
            // The API takes it, for a thousandth of a byte.
            errors.Add("Resources.Memory", $"'{memory}' would be thousandths of a byte; M is a million, Mi is 2^20", ".WithResources(memory: \"512Mi\")");
            return;
        }

        var known = MemoryQuantity.TryParse(memory, out var bytes) && bytes > 0;
        errors.Unless(known, "Resources.Memory", $"'{memory}' is not an amount of memory (for example 512Mi, 2GiB, 4GB)", Mend);
        errors.Unless(
            !known || bytes >= MemoryQuantity.Least, "Resources.Memory", $"'{memory}' is less than 4 MiB, with which no container starts; a number alone counts bytes", Mend);
    }

    private static void CheckReplicas(ResourceSettings resources, SettingsErrors errors)
    {
        errors.Unless(resources.MinReplicas is null or >= 0, "Resources.MinReplicas", $"{resources.MinReplicas} is less than 0", ".WithResources(minReplicas: 1)");
        errors.Unless(resources.MaxReplicas is null or >= 1, "Resources.MaxReplicas", $"{resources.MaxReplicas} is less than 1", ".WithResources(maxReplicas: 1)");
        var replicas = Replicas.Of(resources);
        errors.Unless(
            replicas.Minimum <= replicas.Maximum, "Resources.MaxReplicas", $"{replicas.Maximum} is less than the minimum, {replicas.Minimum}",
            $".WithResources(minReplicas: {replicas.Minimum}, maxReplicas: {replicas.Minimum})");
    }
}
