using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>What the process of a cluster writes when it is ready, for those who look for it.</summary>
/// <param name="StartTime">When the process started; with its id it names the process for good.</param>
/// <param name="Version">The content of the program that it runs.</param>
/// <param name="Info">How to reach it.</param>
internal sealed record RunningCluster(long StartTime, string Version, EmbeddedClusterInfo Info)
{
    public bool IsAlive => ProcessIds.IsAlive(Info.ProcessId) && ProcessIds.StartTime(Info.ProcessId) == StartTime;

    /// <summary>The process that runs now; null when there is none, whatever the file says.</summary>
    public static RunningCluster? Find(ClusterDirectory directory)
    {
        try
        {
            return JsonSerializer.Deserialize<RunningCluster>(File.ReadAllText(directory.RunFile)) is { IsAlive: true } running ? running : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Save(ClusterDirectory directory) => PrivateFile.Write(directory.RunFile, JsonSerializer.Serialize(this));
}
