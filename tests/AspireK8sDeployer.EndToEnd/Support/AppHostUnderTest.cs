using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// An AppHost as a process, deploying to a namespace of its own: of the cluster under test where one is named, else of an
/// embedded cluster that it starts itself, with its state in a folder of its own.
/// </summary>
internal sealed partial class AppHostUnderTest : IAsyncDisposable
{
    public const string ApiKey = "a-value-that-nobody-prints";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ClusterUnderTest _cluster;
    private readonly TestNamespace _place;
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("k8sd-e2e-");
    private readonly Dictionary<string, string?> _environment;
    private readonly string _program;

    /// <summary>An AppHost of this repository.</summary>
    /// <param name="cluster">The cluster under test.</param>
    /// <param name="program">Which one; that of the tests unless it is named.</param>
    /// <param name="deployments">Those of its deployments that it would put into a namespace of its own choice.</param>
    public AppHostUnderTest(ClusterUnderTest cluster, string program = "AspireK8sDeployer.EndToEnd.TestApp", params string[] deployments)
    {
        _cluster = cluster;
        _program = Path.Combine(Repository.Root, "artifacts", "bin", program, Repository.Configuration, program);
        _place = cluster.NewNamespace();
        _environment = new()
        {
            ["XDG_STATE_HOME"] = _state.FullName,
            ["KubernetesDeployer__k8s__KubernetesNamespace"] = _place.Name,
            ["Parameters__api-key"] = ApiKey,
        };
        foreach (var deployment in deployments)
        {
            _environment[$"PipelineDeployments__{deployment}__Namespace"] = _place.Name;
        }

        if (!cluster.IsEmbedded)
        {
            _environment["KubernetesDeployer__k8s__Kubeconfig"] = cluster.Kubeconfig;
            _environment["Registry"] = _environment["Test__Registry"] = cluster.Registry;
            // Two pushes of one tag at the same time: the one that loses has deployed another digest.
            _environment["Repository"] = _environment["Test__Repository"] = $"end-to-end/{_place.Name}";
            _environment["ContainerBaseImage"] = cluster.BaseImage;
        }
    }

    public string Namespace => _place.Name;

    public string Kubeconfig => _cluster.IsEmbedded
        ? Path.Combine(_state.FullName, "aspire-k8s", "default", "state", "kubeconfig")
        : _cluster.Kubeconfig;

    /// <summary>The deploy pipeline up to a step, with more environment than every run has.</summary>
    public RunningProcess Start(string step, params (string Name, string Value)[] environment)
    {
        var all = _environment.ToDictionary();
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        // A shell that starts tests in the background lets them, and all that they start, ignore Ctrl-C.
        return RunningProcess.Start("env", ["--default-signal=INT", _program, "--operation", "publish", "--step", step], all);
    }

    public async Task<ProcessResult> RunAsync(string step, CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        await using var process = Start(step, environment);
        return await process.WaitForExitAsync(Patience, cancellationToken);
    }

    /// <summary>The address in the printed summary.</summary>
    public static Uri UrlIn(ProcessResult result)
    {
        var url = Url().Match(result.Output);
        Assert.True(url.Success, result.Output);
        return new Uri(url.Groups[1].Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsEmbedded)
        {
            var cluster = Path.Combine(AppContext.BaseDirectory, "AspireK8sDeployer.EmbeddedCluster.dll");
            await RunningProcess.RunAsync("dotnet", [cluster, "down"], Patience, CancellationToken.None, _environment);
        }
        else
        {
            await _place.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }

    [GeneratedRegex(@"^\s*url\s+(http\S+)", RegexOptions.Multiline)]
    private static partial Regex Url();
}
