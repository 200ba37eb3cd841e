using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Refuses volumes of Aspire, which are the container runtime's of one machine, rather than leaving them out without a word.</summary>
internal static class MountCheck
{
    public static void Check(IResource deployment, ICollection<SettingsError> errors)
    {
        foreach (var mount in deployment.Annotations.OfType<ContainerMountAnnotation>())
        {
            errors.Add(new SettingsError(
                $"Mount {mount.Target}", "is of this machine, and not in a cluster",
                "call WithVolume or WithBindMount only if builder.ExecutionContext.IsRunMode; for the cluster, .WithPodSettings(p => …) has Volumes, VolumeMounts and ConfigFiles"));
        }
    }
}
