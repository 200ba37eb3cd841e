using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>One release of one chart with all objects.</summary>
internal sealed class Helm(string program) : IDeployTool
{
    public string Key => "helm";

    public string Description => "helm upgrade --install --wait";

    public async Task PrepareAsync(Workload workload, string folder, CancellationToken cancellationToken)
    {
        var templates = Directory.CreateDirectory(Path.Combine(folder, "chart", "templates")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "chart", "Chart.yaml"), "apiVersion: v2\nname: pipelines\nversion: 0.1.0\n", cancellationToken);
        foreach (var (name, objects) in workload.Rendered())
        {
            await File.WriteAllTextAsync(Path.Combine(templates, $"{name}.yaml"), string.Join("---\n", objects), cancellationToken);
        }
    }

    public Task<Measurement> DeployAsync(Workload workload, string folder, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "upgrade", "--install", "pipelines", Path.Combine(folder, "chart"), "--namespace", workload.Namespace, "--create-namespace", "--wait",
            "--timeout", environment.TimeoutText,
        ];
        return ChildProcess.MeasureAsync(Description, program, arguments, cancellationToken, environment.Variables);
    }
}
