using System.Runtime.CompilerServices;

namespace AspireK8sDeployer.Engine.Tests.Shared;

/// <summary>Compares text with a file beside the test; <c>UPDATE_SNAPSHOTS=1</c> rewrites it.</summary>
internal static class Snapshot
{
    public static void Matches(string actual, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", actual);
    }
}
