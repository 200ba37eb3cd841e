using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>How the pipeline is exposed: the Service and the port that everything else derives from.</summary>
public sealed record ServiceSettings
{
    /// <summary>The kind of Service.</summary>
    public ServiceType Type { get; init; } = ServiceType.LoadBalancer;

    /// <summary>The one port: of the Service, the container, the probes, and the process that listens.</summary>
    public int Port { get; init; } = PipelineDefaults.ServicePort;

    /// <summary>The port on the nodes, 30000 to 32767; only with <see cref="ServiceType.NodePort"/>. The cluster chooses one when absent.</summary>
    public int? NodePort { get; init; }

    /// <summary>Whether one caller stays with one pod.</summary>
    public SessionAffinity SessionAffinity { get; init; }

    /// <summary>The address to ask of the load balancer; only with <see cref="ServiceType.LoadBalancer"/>.</summary>
    public string? LoadBalancerIP { get; init; }

    /// <summary>The networks (CIDRs) that the load balancer lets in; all of them when empty.</summary>
    public IReadOnlyList<string> LoadBalancerSourceRanges { get; init; } = [];

    /// <summary>Annotations of the Service alone, for example those that a cloud's load balancer reads.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
