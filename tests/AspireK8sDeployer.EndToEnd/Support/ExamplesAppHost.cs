using System.Text;
using System.Text.Json;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>The examples of the playground as a process, deploying to the cluster under test, into a namespace of a test's own.</summary>
internal sealed class ExamplesAppHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("k8sd-e2e-");
    private readonly Dictionary<string, string?> _environment;

    public ExamplesAppHost(ClusterUnderTest cluster, TestNamespace place, IEnumerable<string> deployments)
    {
        _environment = new()
        {
            ["XDG_STATE_HOME"] = _state.FullName,
            ["DOCKER_CONFIG"] = _state.FullName,
            ["KubernetesDeployer__k8s__Kubeconfig"] = cluster.Kubeconfig,
            ["Registry"] = cluster.Registry,
            ["Repository"] = $"end-to-end/{place.Name}",
            ["ContainerBaseImage"] = cluster.BaseImage,
        };
        foreach (var deployment in deployments)
        {
            _environment[$"PipelineDeployments__{deployment}__Namespace"] = place.Name;
        }

        if (cluster.PullCredentials is { } login)
        {
            var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));
            File.WriteAllText(
                Path.Combine(_state.FullName, "config.json"),
                JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [login.Host] = new { auth } } }));
        }
    }

    /// <summary>The deploy pipeline up to a step, for some of the examples.</summary>
    public Task<ProcessResult> RunAsync(string step, string examples, CancellationToken cancellationToken, params string[] arguments) =>
        RunningProcess.RunAsync(Program, ["--operation", "publish", "--step", step, $"--Examples={examples}", .. arguments], Patience, cancellationToken, _environment);

    private static string Program { get; } = Path.Combine(Repository.Root, "artifacts", "bin", "Examples", Repository.Configuration, "Examples");

    public void Dispose() => _state.Delete(recursive: true);
}
