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

    public AppHostUnderTest(ClusterUnderTest cluster)
    {
        _cluster = cluster;
        _place = cluster.NewNamespace();
        _environment = new()
        {
            ["XDG_STATE_HOME"] = _state.FullName,
            ["KubernetesDeployer__k8s__KubernetesNamespace"] = _place.Name,
            ["Parameters__api-key"] = ApiKey,
        };
        if (!cluster.IsEmbedded)
        {
            _environment["KubernetesDeployer__k8s__Kubeconfig"] = cluster.Kubeconfig;
            _environment["Test__Registry"] = cluster.Registry;
            // Two pushes of one tag at the same time: the one that loses has deployed another digest.
            _environment["Test__Repository"] = $"end-to-end/{_place.Name}";
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

        return RunningProcess.Start(Program, ["--operation", "publish", "--step", step], all);
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

    private static string Program { get; } = Path.Combine(
        Repository.Root, "artifacts", "bin", "AspireK8sDeployer.EndToEnd.TestApp", Repository.Configuration, "AspireK8sDeployer.EndToEnd.TestApp");

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
