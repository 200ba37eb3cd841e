using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>What an <see cref="EmbeddedCluster"/> is started with. The defaults suit a test: everything temporary, every port free.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>The name of the cluster, and of the context in its kubeconfig.</summary>
    public string Name { get; init; } = "embedded";

    /// <summary>
    /// Where objects, images and logs are kept, to be found again by the next start. Null keeps them in a temporary
    /// directory that is removed when the cluster is disposed.
    /// </summary>
    public string? StateDirectory { get; init; }

    /// <summary>Whether pods run. Without a node the API and the controllers work, but pods stay pending.</summary>
    public bool RunNode { get; init; } = true;

    /// <summary>Whether Ingresses are served. Without it there is no IngressClass, and Ingresses never get an address.</summary>
    public bool RunIngress { get; init; } = true;

    /// <summary>
    /// How long the node waits before it starts a container or pulls an image again after it failed twice; twice as long each
    /// time, up to thirty times as long. What else is tried again (volumes, what controllers do) follows in proportion. A tenth of a second instead of a kubelet's ten lets a test see ten restarts in seconds.
    /// </summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the cluster's time comes from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the cluster writes what it does.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
