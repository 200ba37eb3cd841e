using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>One server-side apply of a folder with all objects, then the status of the rollouts.</summary>
/// <param name="program">The path of kubectl.</param>
/// <param name="oneByOne">Whether each rollout is asked for by a process of its own, eight at a time, as scripts do; else one asks for all in turn.</param>
internal sealed class Kubectl(string program, bool oneByOne) : IDeployTool
{
    private const string Apply = "\"$0\" apply --server-side -f \"$1\"";
    private const string StatusOfAll = "\"$0\" rollout status deployment -n \"$2\" -l \"$3\" --timeout \"$4\"";
    private const string StatusOfEach = "xargs -n 1 -P 8 \"$0\" rollout status -n \"$2\" --timeout \"$4\" < \"$1/../names\"";

    public string Key => oneByOne ? "kubectl-each" : "kubectl";

    public string Description => oneByOne ? "kubectl apply, a status each" : "kubectl apply, one status";

    public async Task PrepareAsync(Workload workload, string folder, CancellationToken cancellationToken)
    {
        var manifests = Directory.CreateDirectory(Path.Combine(folder, "manifests")).FullName;
        await File.WriteAllTextAsync(Path.Combine(manifests, "namespace.yaml"), $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {workload.Namespace}\n", cancellationToken);
        foreach (var (name, objects) in workload.Rendered())
        {
            await File.WriteAllTextAsync(Path.Combine(manifests, $"{name}.yaml"), string.Join("---\n", objects), cancellationToken);
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, "names"), workload.Names.Select(name => $"deployment/{name}"), cancellationToken);
    }

    public Task<Measurement> DeployAsync(Workload workload, string folder, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-c", $"{Apply} && {(oneByOne ? StatusOfEach : StatusOfAll)}",
            program, Path.Combine(folder, "manifests"), workload.Namespace, workload.Selector, environment.TimeoutText,
        ];
        return ChildProcess.MeasureAsync(Description, "/bin/sh", arguments, cancellationToken, environment.Variables);
    }
}
