using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A namespace of a test, and an engine for it.</summary>
internal sealed class Space : IAsyncDisposable
{
    private readonly EmbeddedCluster.EmbeddedCluster _cluster;
    private readonly string _image;

    public Space(EmbeddedCluster.EmbeddedCluster cluster, string image)
    {
        (_cluster, _image) = (cluster, image);
        Name = $"test-{Guid.NewGuid():N}"[..13];
        Transport = Open();
        Engine = new DeploymentEngine(() => Transport, Options);
        Objects = new ClusterObjects(new ApiClient(Open, TimeProvider.System));
    }

    public string Name { get; }

    public RecordingTransport Transport { get; }

    public DeploymentEngine Engine { get; }

    /// <summary>For what others do in the cluster.</summary>
    public ClusterObjects Objects { get; }

    public Uri Server => Transport.Server;

    public string Registry => _cluster.RegistryHost;

    /// <summary>The way to the cluster, as text.</summary>
    public string Kubeconfig => _cluster.Kubeconfig;

    private ObjectId NamespaceId => new("v1", "Namespace", null, Name);

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
        Resources = new ResourceSettings { Cpu = 0.01, Memory = "64Mi" },
        LivenessProbe = new ProbeSettings { Path = "/health" },
        StartupProbe = new ProbeSettings { Path = "/health", PeriodSeconds = 1, FailureThreshold = 120 },
        TerminationGracePeriod = TimeSpan.FromSeconds(1),
        DeployTimeout = TimeSpan.FromMinutes(3),
    };

    /// <summary>An engine whose every second call goes wrong.</summary>
    public (DeploymentEngine Engine, FaultyTransport Transport) FaultyEngine()
    {
        var transport = new FaultyTransport(Open());
        return (new DeploymentEngine(() => transport, Options), transport);
    }

    /// <summary>An engine with a clock of the test's, that tells of each request before it makes it, as <c>DELETE /api/v1/…</c>.</summary>
    public DeploymentEngine HookedEngine(TimeProvider time, Func<string, Task> before)
    {
        var options = Options;
        options.TimeProvider = time;
        return new DeploymentEngine(() => new HookedTransport(Open(), before), options);
    }

    /// <summary>An engine that gives up as soon, or as late, as this.</summary>
    public DeploymentEngine EngineWith(FailFast failFast, TimeProvider time) => new(Open, new() { FailFast = failFast, AddressGrace = Options.AddressGrace, TimeProvider = time });

    public DeploymentEngine EngineWith(string token) => new(() => OpenWith(token), Options);

    /// <summary>A way to the cluster of one's own: as the administrator, or by a token.</summary>
    public IClusterTransport OpenWith(string? token)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, token is null ? _cluster.Kubeconfig : WithToken(_cluster.Kubeconfig, token));
        return KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = path });
    }

    /// <summary>A token of a service account, which is made if it is not there.</summary>
    public async Task<string> TokenAsync(string account)
    {
        var accounts = $"api/v1/namespaces/{Name}/serviceaccounts";
        if (await GetAsync(ObjectKind.ServiceAccount, account) is null)
        {
            await Objects.Client.SendAsync(
                new ApiRequest(HttpMethod.Post, accounts)
                {
                    Body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = account } },
                },
                Cancellation);
        }

        var token = await Objects.Client.SendAsync(
            new ApiRequest(HttpMethod.Post, $"{accounts}/{account}/token")
            {
                Body = new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = new JsonObject() },
            },
            Cancellation);
        return (string)token["status"]!["token"]!;
    }

    public Task<DeploymentResult> DeployAsync(DeploymentSettings settings) => Engine.DeployAsync(settings, null, Cancellation);

    /// <summary>A deploy that is to fail.</summary>
    public Task<DeploymentException> FailureAsync(DeploymentSettings settings) => Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(settings));

    /// <summary>Writes into the deployment's lock, as another deploy would.</summary>
    public async Task ChangeLockAsync(Action<JsonNode> change)
    {
        var id = DeployLock.IdOf(Settings().Identity);
        var lease = (await Objects.GetAsync(id, Cancellation))!;
        change(lease["spec"]!);
        await Objects.ReplaceAsync(id, lease, Cancellation);
    }

    public Task<JsonObject?> GetAsync(ObjectKind kind, string name) => Objects.GetAsync(kind.Id(Name, name), Cancellation);

    public async Task<IReadOnlyList<string>> NamesAsync(ObjectKind kind) =>
        [.. (await Objects.ListAsync(kind, Name, ObjectSelector.All, Cancellation)).Items.Select(item => (string)item["metadata"]!["name"]!).Order(StringComparer.Ordinal)];

    /// <summary>Deletes an object that something holds until <see cref="ReleaseAsync"/>.</summary>
    public async Task DeleteHeldAsync(ObjectId id)
    {
        await HoldAsync(id);
        await DeleteAsync(id);
    }

    public async Task HoldAsync(ObjectId id) => await SetFinalizersAsync(id, "tests.example/held");

    public async Task ReleaseAsync(ObjectId id) => await SetFinalizersAsync(id);

    public async Task DeleteAsync(ObjectId id)
    {
        var live = (await Objects.GetAsync(id, Cancellation))!;
        await Objects.DeleteAsync(id, (string)live["metadata"]!["uid"]!, foreground: false, Cancellation);
    }

    private Task<JsonObject> SetFinalizersAsync(ObjectId id, params string[] finalizers) => Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Patch, Objects.Kinds.Of(id).Path(id.Namespace, id.Name))
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = "tests" },
            Body = new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. finalizers.Select(item => JsonValue.Create(item))]) } },
            ContentType = "application/merge-patch+json",
        },
        Cancellation);

    /// <summary>Lets the namespace go, so that its pods make room; does not wait for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await Objects.GetAsync(NamespaceId, CancellationToken.None) is { } left)
        {
            await Objects.DeleteAsync(NamespaceId, (string)left["metadata"]!["uid"]!, foreground: false, CancellationToken.None);
        }

        Engine.Dispose();
        Objects.Client.Dispose();
    }

    public static DeploymentEngineOptions Options => new() { FailFast = FailFast.Eager, AddressGrace = TimeSpan.FromSeconds(10) };

    private RecordingTransport Open() => new(KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = _cluster.KubeconfigPath }));

    private static string WithToken(string kubeconfig, string token)
    {
        var lines = kubeconfig.Split('\n').Select(line => line.TrimStart().TrimStart('-', ' ').StartsWith("token:", StringComparison.Ordinal)
            ? line[..line.IndexOf("token:", StringComparison.Ordinal)] + $"token: {token}"
            : line);
        return string.Join('\n', lines);
    }
}
