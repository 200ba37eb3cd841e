using System.Runtime.InteropServices;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>This machine's .NET, for images that bring none: where it is, in the variables by which it is found.</summary>
internal static class HostRuntime
{
    /// <summary>The directory with <c>dotnet</c> in it; null when this process did not start from one.</summary>
    public static string? Root { get; } = FindRoot();

    public static void Offer(Dictionary<string, string> environment, string imageRoot)
    {
        if (Root is null || Directory.Exists(Path.Combine(imageRoot, "usr", "share", "dotnet")))
        {
            return;
        }

        environment.TryAdd("DOTNET_ROOT", Root);
        if (!environment["PATH"].Split(':').Contains(Root))
        {
            environment["PATH"] += ":" + Root;
        }
    }

    /// <summary>Three levels above the runtime's own files: <c>ROOT/shared/Microsoft.NETCore.App/VERSION/</c>.</summary>
    private static string? FindRoot()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return File.Exists(Path.Combine(root, "dotnet")) ? root : null;
    }
}
