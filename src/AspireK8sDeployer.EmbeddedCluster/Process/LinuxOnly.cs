namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Says at once that this machine will not do.</summary>
internal static class LinuxOnly
{
    public static void Check()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "The embedded cluster runs on Linux only: its pods are processes with loopback addresses of their own. "
                + "On this machine use a cluster in a virtual machine or container (WSL, kind, Docker Desktop) and name it with .WithKubeContext(\"…\").");
        }
    }
}
