using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>The settings of a deployment while they are gathered; null is what nobody has set.</summary>
internal sealed class DeploymentOptions
{
    public string? Namespace { get; set; }

    public double? Cpu { get; set; }

    public string? Memory { get; set; }

    public int? Gpu { get; set; }

    public int? MinReplicas { get; set; }

    public int? MaxReplicas { get; set; }

    public ServiceOptions Service { get; } = new();

    public ImagePullPolicy? ImagePullPolicy { get; set; }

    public IReadOnlyList<string>? ImagePullSecrets { get; set; }

    public TimeSpan? DeployTimeout { get; set; }

    public string NamespaceOrDefault => Namespace ?? DeploymentSettings.DefaultNamespace;

    public int PortOrDefault => Service.Port ?? new ServiceSettings().Port;

    /// <summary>The settings, with Engine's defaults where nobody has set anything.</summary>
    public DeploymentSettings ToSettings(string name, string application, string image)
    {
        var defaults = new DeploymentSettings { Name = name, Application = application, Image = image };
        return defaults with
        {
            Namespace = NamespaceOrDefault,
            ImagePullPolicy = ImagePullPolicy,
            ImagePullSecrets = ImagePullSecrets ?? defaults.ImagePullSecrets,
            DeployTimeout = DeployTimeout ?? defaults.DeployTimeout,
            Service = defaults.Service with
            {
                Type = Service.Type ?? defaults.Service.Type,
                Port = PortOrDefault,
                NodePort = Service.NodePort,
                SessionAffinity = Service.SessionAffinity ?? defaults.Service.SessionAffinity,
                LoadBalancerIP = Service.LoadBalancerIP,
                LoadBalancerSourceRanges = Service.LoadBalancerSourceRanges ?? defaults.Service.LoadBalancerSourceRanges,
                Annotations = Service.Annotations.AsReadOnly(),
            },
            Resources = defaults.Resources with
            {
                Cpu = Cpu ?? defaults.Resources.Cpu,
                Memory = Memory ?? defaults.Resources.Memory,
                Gpu = Gpu,
                MinReplicas = MinReplicas,
                MaxReplicas = MaxReplicas,
            },
        };
    }
}
