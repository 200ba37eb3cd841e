using System.Globalization;
using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>Ours: the engine, called as the AppHost's deploy steps call it, in a process of its own.</summary>
internal sealed class OurEngine : IDeployTool
{
    public string Key => "ours";

    public string Description => "ours";

    /// <summary>What the last deploy took inside of its process: without start-up.</summary>
    public OwnTimes? Inside { get; private set; }

    public Task PrepareAsync(Workload workload, string folder, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Measurement> DeployAsync(Workload workload, string folder, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var times = Path.Combine(folder, "times.json");
        string[] arguments =
        [
            .. OwnProgram.Command.Skip(1), OwnDeploy.Command, environment.Kubeconfig, workload.Run, workload.Namespace,
            workload.Count.ToString(CultureInfo.InvariantCulture), workload.Release, times,
        ];
        var spent = await ChildProcess.MeasureAsync(Description, OwnProgram.Command[0], arguments, cancellationToken, environment.Variables);
        Inside = await OwnTimes.ReadAsync(times, cancellationToken);
        return spent;
    }
}
