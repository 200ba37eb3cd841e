using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting;

/// <summary>How a pipeline is exposed. What is left alone comes from configuration, else from the default.</summary>
public sealed class ServiceOptions
{
    /// <summary>The kind of Service. The default is <see cref="ServiceType.LoadBalancer"/>.</summary>
    public SettingValue<ServiceType>? Type { get; set; }

    /// <summary>The one port, 1 to 65535: of the Service, the container and the process that listens. The default is 8000.</summary>
    public SettingValue<int>? Port { get; set; }

    /// <summary>The port on the nodes, 30000 to 32767; only with <see cref="ServiceType.NodePort"/>. The cluster chooses one by default.</summary>
    public SettingValue<int>? NodePort { get; set; }

    /// <summary>Whether one caller stays with one pod. The default is <see cref="SessionAffinity.None"/>.</summary>
    public SettingValue<SessionAffinity>? SessionAffinity { get; set; }

    /// <summary>The address to ask of the load balancer; only with <see cref="ServiceType.LoadBalancer"/>.</summary>
    public SettingValue<string>? LoadBalancerIP { get; set; }

    /// <summary>The networks (CIDRs) that the load balancer lets in, all of them by default. A parameter may hold several, with commas between them.</summary>
    public IReadOnlyList<SettingValue<string>>? LoadBalancerSourceRanges { get; set; }

    /// <summary>Annotations of the Service, for example those that a cloud's load balancer reads.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();
}
