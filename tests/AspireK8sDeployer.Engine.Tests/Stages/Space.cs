using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A namespace of a test, and an engine for it. What is left in it goes with the cluster.</summary>
internal sealed class Space : IDisposable
{
    private readonly EmbeddedCluster.EmbeddedCluster _cluster;
    private readonly string _image;

    public Space(EmbeddedCluster.EmbeddedCluster cluster, string image)
    {
        (_cluster, _image) = (cluster, image);
        Name = $"test-{Guid.NewGuid():N}"[..13];
        Transport = Open(0);
        Engine = EngineOver(Transport);
        Objects = new ClusterObjects(new ApiClient(() => Open(0), TimeProvider.System));
    }

    public string Name { get; }

    public RecordingTransport Transport { get; }

    public DeploymentEngine Engine { get; }

    /// <summary>For what others do in the cluster.</summary>
    public ClusterObjects Objects { get; }

    public Uri Server => Transport.Server;

    public string Registry => _cluster.RegistryHost;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A deployment of the tests' web server.</summary>
    public DeploymentSettings Settings(string name = "greeter") => new()
    {
        Name = name,
        Namespace = Name,
        Application = "Tests",
        Image = _image,
        PullCredentials = new RegistryCredentials(_cluster.RegistryHost, _cluster.RegistryUser, _cluster.RegistryPassword),
        Service = new ServiceSettings { Type = ServiceType.NodePort },
        Resources = new ResourceSettings { Cpu = 0.1, Memory = "64Mi" },
        LivenessProbe = new ProbeSettings { Path = "/health" },
        StartupProbe = new ProbeSettings { Path = "/health", PeriodSeconds = 1, FailureThreshold = 120 },
        TerminationGracePeriod = TimeSpan.FromSeconds(1),
        DeployTimeout = TimeSpan.FromMinutes(3),
    };

    /// <summary>An engine in a process that is killed right after a write.</summary>
    public DeploymentEngine EngineThatDiesAfter(int write) => EngineOver(Open(write));

    public Task<string> PushScriptAsync(string script, string tag) => TestImage.Script(script).PushAsync(_cluster, tag, Cancellation);

    public DeploymentEngine EngineWith(string token)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, WithToken(_cluster.Kubeconfig, token));
        return DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = path }, Options);
    }

    public Task<DeploymentResult> DeployAsync(DeploymentSettings settings) => Engine.DeployAsync(settings, null, Cancellation);

    public Task<JsonObject?> GetAsync(ObjectKind kind, string name) => Objects.GetAsync(kind.Id(Name, name), Cancellation);

    public async Task<IReadOnlyList<string>> NamesAsync(ObjectKind kind) =>
        [.. (await Objects.ListAsync(kind, Name, ObjectSelector.All, Cancellation)).Items.Select(item => (string)item["metadata"]!["name"]!).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Engine.Dispose();
        Objects.Client.Dispose();
    }

    private static DeploymentEngineOptions Options => new() { FailFast = FailFast.Eager, AddressGrace = TimeSpan.FromSeconds(10) };

    private static DeploymentEngine EngineOver(RecordingTransport transport) => new(() => transport, Options);

    private RecordingTransport Open(int diesAfterWrite) =>
        new(KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = _cluster.KubeconfigPath })) { DiesAfterWrite = diesAfterWrite };

    private static string WithToken(string kubeconfig, string token)
    {
        var lines = kubeconfig.Split('\n').Select(line => line.TrimStart().TrimStart('-', ' ').StartsWith("token:", StringComparison.Ordinal)
            ? line[..line.IndexOf("token:", StringComparison.Ordinal)] + $"token: {token}"
            : line);
        return string.Join('\n', lines);
    }
}
