using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Network;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using AspireK8sDeployer.EmbeddedCluster.Node.Probes;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>What all pods of the node share.</summary>
internal sealed record NodeContext
{
    public required string NodeName { get; init; }

    /// <summary>What the ids of this node's containers begin with; the same over restarts, and no other node's.</summary>
    public required string NodeId { get; init; }

    public required IPAddress Address { get; init; }

    public required string StateDirectory { get; init; }

    public required IClusterApi Api { get; init; }

    public required EventRecorder Events { get; init; }

    public required AddressPool PodAddresses { get; init; }

    public required ContainerRuntime Runtime { get; init; }

    public required ImagePuller Images { get; init; }

    public required ContainerEnvironment Environment { get; init; }

    public required VolumeContent VolumeContent { get; init; }

    public required PodTokens Tokens { get; init; }

    public required Prober Prober { get; init; }

    /// <summary>The first wait between two tries. What a kubelet looks at again by itself, it looks at as often.</summary>
    public TimeSpan BackOff { get; init; } = Backoff.Usual;

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public EventSource EventSource => new("kubelet", "kubelet", NodeName);
}
