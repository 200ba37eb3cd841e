using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Finds pods that write more to this node than they may, as a kubelet's eviction manager does.</summary>
internal static class StorageWatch
{
    private const string Resource = "ephemeral-storage";

    /// <summary>Why the pod has to go; null when it may stay.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">Its containers.</param>
    /// <param name="volumes">The directory of its volumes.</param>
    public static string? Excess(V1Pod pod, IReadOnlyList<ContainerRecord> containers, string volumes)
    {
        var scratch = (pod.Spec.Volumes ?? []).Where(volume => volume.EmptyDir is { Medium: null or "" }).ToArray();
        if (scratch.FirstOrDefault(volume => volume.EmptyDir.SizeLimit is { } size && Quantity.Value(size) > 0 && SizeOf(volume) > Quantity.Value(size)) is { } full)
        {
            return $"Usage of EmptyDir volume \"{full.Name}\" exceeds the limit \"{full.EmptyDir.SizeLimit}\". ";
        }

        var limited = pod.Spec.Containers.Where(container => Limit(container) is not null).ToArray();
        if (limited.Length == 0)
        {
            return null;
        }

        var used = containers.ToDictionary(container => container.Name, Written);
        if (used.Values.Sum() + scratch.Sum(SizeOf) > limited.Sum(container => Quantity.Value(Limit(container)!)))
        {
            return $"Pod ephemeral local storage usage exceeds the total limit of containers {Sum(limited)}. ";
        }

        var greedy = limited.FirstOrDefault(container => used.GetValueOrDefault(container.Name) > Quantity.Value(Limit(container)!));
        return greedy is null ? null : $"Container {greedy.Name} exceeded its local ephemeral storage limit \"{Limit(greedy)}\". ";

        long SizeOf(V1Volume volume) => Size(Path.Combine(volumes, volume.Name));
    }

    private static ResourceQuantity? Limit(V1Container container) =>
        container.Resources?.Limits?.TryGetValue(Resource, out var limit) == true ? limit : null;

    /// <summary>One limit as it was written, several as their sum in bytes.</summary>
    private static string Sum(V1Container[] limited) => limited is [var only]
        ? Limit(only)!.ToString()
        : limited.Sum(container => Quantity.Value(Limit(container)!)).ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a container has written beside its volumes, and its log.</summary>
    private static long Written(ContainerRecord container)
    {
        var log = container.Log is { } file && File.Exists(file) ? new FileInfo(file).Length : 0;
        if (container.Process?.Spec is not { } spec)
        {
            return log;
        }

        var copied = File.Exists(Path.Combine(spec.Directory, LaunchScript.CopiedFile)) ? Size(spec.ImageRoot) : 0;
        return log + Size(Path.Combine(spec.Directory, "tmp")) + Math.Max(0, Size(Path.Combine(spec.Directory, "upper")) - copied);
    }

    private static long Size(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        try
        {
            return Directory.Exists(directory) ? new DirectoryInfo(directory).EnumerateFiles("*", options).Sum(file => file.Exists ? file.Length : 0) : 0;
        }
        catch (IOException)
        {
            return 0; // it changes just now; the next look is soon
        }
    }
}
