using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Ingress;
using AspireK8sDeployer.EmbeddedCluster.Network;
using AspireK8sDeployer.EmbeddedCluster.Node;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using AspireK8sDeployer.EmbeddedCluster.Node.Probes;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Starts the parts of a cluster in the order in which they need each other, and stops them in reverse.</summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    public const string NodeName = "embedded";

    private readonly Stack<Func<ValueTask>> _cleanup = new();
    private readonly EmbeddedClusterOptions _options;

    private ClusterHost(EmbeddedClusterOptions options) => _options = options;

    public ApiFaults Faults { get; } = new();

    public ApiServer Server { get; private set; } = null!;

    public RegistryServer Registry { get; private set; } = null!;

    /// <summary>Null in a cluster without an ingress controller.</summary>
    public IngressServer? Ingress { get; private set; }

    public PodLogs Logs { get; private set; } = null!;

    public string KubeconfigPath { get; private set; } = "";

    public string StateDirectory { get; private set; } = "";

    public static async Task<ClusterHost> StartAsync(EmbeddedClusterOptions options, CancellationToken cancellationToken)
    {
        LinuxOnly.Check();
        var host = new ClusterHost(options);
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_cleanup.TryPop(out var step))
        {
            await step().ConfigureAwait(false);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var directory = StateDirectory = PrepareDirectory();
        var state = ClusterState.Load(directory);

        var subnet = LoopbackSubnet.Reserve(state.Network);
        OnDispose(subnet);

        Registry = await RegistryServer
            .StartAsync(Path.Combine(directory, "registry"), state.RegistryPort, state.Credentials, _options.LoggerFactory, cancellationToken).ConfigureAwait(false);
        OnDispose(Registry);

        var former = state.FormerRegistryHosts.Append($"localhost:{state.RegistryPort}").Where(name => name != Registry.Host && name != "localhost:0").Distinct().ToArray();
        state = state with { Network = subnet.Octet, RegistryPort = Registry.Port, FormerRegistryHosts = former };
        state.Save(directory);

        var logs = Logs = new PodLogs(_options.TimeProvider);
        Server = await ApiServer.StartAsync(
            new ApiServerOptions
            {
                // Of what nobody keeps, nothing has to be written.
                StateDirectory = _options.StateDirectory is null ? null : Path.Combine(directory, "api"),
                ClusterName = _options.Name,
                ServiceCidr = IPNetwork.Parse(subnet.ServiceCidr),
                TimeProvider = _options.TimeProvider,
                PodLogs = logs,
                Faults = Faults,
                LoggerFactory = _options.LoggerFactory,
            },
            cancellationToken).ConfigureAwait(false);
        OnDispose(Server);

        KubeconfigPath = Path.Combine(directory, "kubeconfig");
        PrivateFile.Write(KubeconfigPath, Server.Kubeconfig);

        if (_options.RunIngress)
        {
            Ingress = await IngressServer.StartAsync(subnet.TakeIngress(), _options.TimeProvider, _options.LoggerFactory, cancellationToken).ConfigureAwait(false);
            OnDispose(Ingress);
        }

        Func<ControllerContext, NodeAgent?> node = _ => null;
        if (_options.RunNode)
        {
            var runtime = await ContainerRuntime.CreateAsync(_options.TimeProvider, _options.LoggerFactory.CreateLogger<ContainerRuntime>(), cancellationToken).ConfigureAwait(false);
            OnDispose(runtime);
            NodeRegistration.Register(Server.Api, NodeName, subnet.Node, subnet.PodCidr, _options.TimeProvider);
            node = context => CreateNode(context, state, subnet, runtime, logs);
        }

        OnDispose(ClusterComponents.Start(Server, subnet, Ingress, node, _options));
    }

    private NodeAgent CreateNode(ControllerContext context, ClusterState state, LoopbackSubnet subnet, ContainerRuntime runtime, PodLogs logs)
    {
        var tokens = new PodTokens(
            (pod, audience, lifetime) => Server.IssuePodToken(
                pod.Metadata.NamespaceProperty, pod.Spec.ServiceAccountName ?? "default", pod.Metadata.Name, pod.Metadata.Uid, audience, lifetime),
            _options.TimeProvider);
        var prober = new Prober(runtime, _options.TimeProvider);
        OnDispose(prober);
        return new NodeAgent(
            new NodeContext
            {
                NodeName = NodeName,
                NodeId = state.Id,
                Address = subnet.Node,
                StateDirectory = StateDirectory,
                Api = Server.Api,
                Events = context.Events,
                PodAddresses = subnet.Pods,
                Runtime = runtime,
                Images = new ImagePuller(Server.Api, new ImageStore(Path.Combine(StateDirectory, "images")), Registry, state.FormerRegistryHosts),
                Environment = new ContainerEnvironment(Server.Api, Server.Address),
                VolumeContent = new VolumeContent(Server.Api, tokens, subnet.Node.ToString()),
                Tokens = tokens,
                Prober = prober,
                BackOff = _options.BackOff,
                Time = _options.TimeProvider,
                Logger = _options.LoggerFactory.CreateLogger<NodeAgent>(),
            },
            context.Hub,
            logs);
    }

    private string PrepareDirectory()
    {
        if (_options.StateDirectory is { } kept)
        {
            return PrivateFile.CreateDirectory(kept);
        }

        var temporary = Directory.CreateTempSubdirectory("aspire-k8s-").FullName;
        _cleanup.Push(() =>
        {
            PodDirectories.Remove(temporary);
            return ValueTask.CompletedTask;
        });
        return temporary;
    }

    private void OnDispose(IAsyncDisposable part) => _cleanup.Push(part.DisposeAsync);

    private void OnDispose(IDisposable part) => _cleanup.Push(() =>
    {
        part.Dispose();
        return ValueTask.CompletedTask;
    });
}
