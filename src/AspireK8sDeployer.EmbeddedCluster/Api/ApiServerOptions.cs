using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>What the embedded API server is started with.</summary>
internal sealed record ApiServerOptions
{
    /// <summary>Where the journal, certificates and keys are kept; null keeps everything in memory.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The loopback address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 takes a free one (the same one again after a restart, if it is still free).</summary>
    public int Port { get; init; }

    /// <summary>The name of cluster and context in the kubeconfig.</summary>
    public string ClusterName { get; init; } = "embedded";

    /// <summary>Where cluster IPs come from. The first address is the <c>kubernetes</c> Service's.</summary>
    public IPNetwork ServiceCidr { get; init; } = IPNetwork.Parse("10.96.0.0/20");

    public int FirstNodePort { get; init; } = 30000;

    public int LastNodePort { get; init; } = 32767;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Answers <c>pods/{name}/log</c>; null when there is no node.</summary>
    public IPodLogs? PodLogs { get; init; }

    /// <summary>What goes wrong with calls of clients.</summary>
    public ApiFaults Faults { get; init; } = new();

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
