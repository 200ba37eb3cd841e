using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>
/// The process of a cluster from its first moment, when <see cref="RunningCluster"/> does not speak of it yet: whoever
/// started it may be gone before it is ready.
/// </summary>
/// <param name="Id">The id of the process.</param>
/// <param name="StartTime">When the process started; with its id it names the process for good.</param>
internal sealed record ClusterProcess(int Id, long StartTime)
{
    public bool IsAlive => ProcessIds.IsAlive(Id) && ProcessIds.StartTime(Id) == StartTime;

    public static ClusterProcess Of(int id) => new(id, ProcessIds.StartTime(id) ?? 0);

    /// <summary>The process that starts, runs or stops now; null when there is none, whatever the files say.</summary>
    public static ClusterProcess? Find(ClusterDirectory directory)
    {
        try
        {
            if (JsonSerializer.Deserialize<ClusterProcess>(File.ReadAllText(directory.ProcessFile)) is { IsAlive: true } process)
            {
                return process;
            }
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // As if there were none: a ready one has said so elsewhere too.
        }

        return RunningCluster.Find(directory) is { } running ? new ClusterProcess(running.Info.ProcessId, running.StartTime) : null;
    }

    public void Save(ClusterDirectory directory) => PrivateFile.Write(directory.ProcessFile, JsonSerializer.Serialize(this));
}
