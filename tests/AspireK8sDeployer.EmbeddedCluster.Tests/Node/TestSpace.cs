using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;
using ObjectChange = AspireK8sDeployer.EmbeddedCluster.Api.WatchEventType;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

/// <summary>A namespace of a running cluster, and what tests do in it.</summary>
internal sealed class TestSpace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestSpace(EmbeddedCluster cluster, string name, string webApp)
    {
        Cluster = cluster;
        Name = name;
        WebApp = webApp;
    }

    public EmbeddedCluster Cluster { get; }

    public string Name { get; }

    /// <summary>The image of the tests' web server.</summary>
    public string WebApp { get; }

    public IClusterApi Api => Cluster.Host.Server.Api;

    public static async Task<TestSpace> CreateAsync(EmbeddedCluster cluster, string webApp, CancellationToken cancellationToken)
    {
        var name = "t-" + Guid.NewGuid().ToString("N")[..8];
        cluster.Host.Server.Api.Create(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } }, "test");
        var space = new TestSpace(cluster, name, webApp);
        await space.WaitAsync<V1ServiceAccount>("default", _ => true, cancellationToken);
        return space;
    }

    public static TestSpace Open(EmbeddedCluster cluster, string name) => new(cluster, name, "");

    public async Task<string> PushAsync(TestImage image, string name, CancellationToken cancellationToken) =>
        await image.PushAsync(Cluster, $"{Name}/{name}", cancellationToken);

    public V1Deployment Deploy(string name, string image, int replicas = 1, Action<V1PodSpec>? change = null, V1DeploymentStrategy? strategy = null)
    {
        var spec = new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            TerminationGracePeriodSeconds = 5,
            Containers = [new V1Container { Name = "app", Image = image, Ports = [new V1ContainerPort { ContainerPort = 8080, Name = "http" }] }],
        };
        change?.Invoke(spec);
        return Api.Create(
            new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Name },
                Spec = new V1DeploymentSpec
                {
                    Replicas = replicas,
                    Strategy = strategy,
                    Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = name } },
                    Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = name } }, Spec = spec },
                },
            },
            "test");
    }

    public V1Service Expose(string name, string type = "ClusterIP", Action<V1ServiceSpec>? change = null)
    {
        var spec = new V1ServiceSpec
        {
            Type = type,
            Selector = new Dictionary<string, string> { ["app"] = name },
            Ports = [new V1ServicePort { Port = 8000, TargetPort = 8080, Name = "http" }],
        };
        change?.Invoke(spec);
        return Api.Create(new V1Service { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Name }, Spec = spec }, "test");
    }

    public V1Pod Run(string name, string image, Action<V1PodSpec>? change = null)
    {
        var spec = new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            TerminationGracePeriodSeconds = 5,
            Containers = [new V1Container { Name = "app", Image = image }],
        };
        change?.Invoke(spec);
        return Api.Create(
            new V1Pod { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Name, Labels = new Dictionary<string, string> { ["app"] = name } }, Spec = spec }, "test");
    }

    public static V1Probe Ready(string path = "/health", int period = 1) =>
        new() { HttpGet = new V1HTTPGetAction { Path = path, Port = 8080 }, PeriodSeconds = period };

    public T Get<T>(string name)
        where T : class, IKubernetesObject<V1ObjectMeta> => Api.Get<T>(Name, name) ?? throw new InvalidOperationException($"{typeof(T).Name} {name} is gone");

    public IReadOnlyList<V1Pod> Pods(string app) => Api.List<V1Pod>(Name, $"app={app}").Items;

    public IReadOnlyList<string> EventsOf(string name) =>
        [.. Api.List<Corev1Event>(Name).Items.Where(e => e.InvolvedObject?.Name == name).Select(e => $"{e.Type} {e.Reason}: {e.Message}")];

    /// <summary>Waits for the next state of an object that is as wanted; fails with the last one when it does not come.</summary>
    public Task<T> WaitAsync<T>(string name, Func<T, bool> wanted, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => WaitAsync(obj => obj.Metadata.Name == name, name, wanted, cancellationToken);

    /// <summary>The same for whichever object of the kind is as wanted.</summary>
    public Task<T> WaitAsync<T>(Func<T, bool> wanted, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => WaitAsync(wanted, "as wanted", wanted, cancellationToken);

    private async Task<T> WaitAsync<T>(Func<T, bool> meant, string name, Func<T, bool> wanted, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        T? last = null;
        try
        {
            var list = Api.List<T>(Name);
            last = list.Items.FirstOrDefault(meant);
            if (last is not null && wanted(last))
            {
                return last;
            }

            await foreach (var change in Api.WatchAsync<T>(Name, list.ResourceVersion, patience.Token))
            {
                if (meant(change.Object))
                {
                    last = change.Object;
                    if (change.Type != ObjectChange.Deleted && wanted(last))
                    {
                        return last;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException(
            $"{typeof(T).Name} {name} did not become what was waited for. It is:\n{(last is null ? "absent" : KubernetesJson.Serialize(last))}\n"
            + string.Join('\n', Api.List<Corev1Event>(Name).Items.Select(e => $"{e.InvolvedObject?.Name}: {e.Type} {e.Reason}: {e.Message}")));
    }

    public Task<V1Deployment> WaitUntilRolledOutAsync(string name, CancellationToken cancellationToken) => WaitAsync<V1Deployment>(
        name,
        d => d.Status is not null && d.Status.ObservedGeneration == d.Metadata.Generation
            && d.Status.UpdatedReplicas == d.Spec!.Replicas && d.Status.AvailableReplicas == d.Spec.Replicas && d.Status.Replicas == d.Spec.Replicas,
        cancellationToken);

    public async Task WaitUntilGoneAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var list = Api.List<T>(Name);
        if (list.Items.All(item => item.Metadata.Name != name))
        {
            return;
        }

        await foreach (var change in Api.WatchAsync<T>(Name, list.ResourceVersion, patience.Token))
        {
            if (change.Object.Metadata.Name == name && change.Type == ObjectChange.Deleted)
            {
                return;
            }
        }
    }

    /// <summary>Tries a request until it is answered with success.</summary>
    public static async Task<string> GetAsync(string url, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.ConnectionClose = true;
        while (true)
        {
            try
            {
                return await client.GetStringAsync(url, patience.Token);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }
    }

}
