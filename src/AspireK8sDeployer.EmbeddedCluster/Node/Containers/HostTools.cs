namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>The programs of this machine that containers are started with (util-linux; every distribution has them).</summary>
internal static class HostTools
{
    public static string Shell { get; } = Find("sh") ?? "/bin/sh";

    public static string? Unshare { get; } = Find("unshare");

    public static string? SetPriv { get; } = Find("setpriv");

    public static string? NsEnter { get; } = Find("nsenter");

    public static string? SetSid { get; } = Find("setsid");

    private static string? Find(string name) =>
        ((string[])["/usr/bin", "/bin", "/usr/sbin", "/sbin"]).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
