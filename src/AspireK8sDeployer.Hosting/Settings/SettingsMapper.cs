using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Makes Engine's settings of the options, with Engine's defaults for what nobody has set.</summary>
internal static class SettingsMapper
{
    public static string NamespaceOf(PipelineDeploymentOptions options) => options.Namespace.Or(DeploymentSettings.DefaultNamespace);

    public static int PortOf(PipelineDeploymentOptions options) => options.Service.Port.Or(new ServiceSettings().Port);

    public static DeploymentSettings Map(PipelineDeploymentOptions options, string name, string application, string image)
    {
        var defaults = new DeploymentSettings { Name = name, Application = application, Image = image };
        return defaults with
        {
            Namespace = NamespaceOf(options),
            ImagePullPolicy = options.ImagePull.Policy.OrNull(),
            ImagePullSecrets = options.ImagePull.Secrets.Values(),
            Command = options.Command.Values(),
            Args = options.Args.Values(),
            Service = ServiceOf(options, defaults.Service),
            Resources = ResourcesOf(options.Resources, defaults.Resources),
            Autoscaling = AutoscalingOf(options.Autoscaling, defaults.Autoscaling),
            MaxConcurrency = options.MaxConcurrency.OrNull(),
            Ingress = IngressOf(options.Ingress),
            Gateway = GatewayOf(options.Gateway),
            ServiceAccount = ServiceAccountOf(options.ServiceAccount),
            Pod = PodMapper.Map(options.Pod),
            PodDisruptionBudget = options.PodDisruptionBudget.OrNull(),
            NetworkPolicy = options.NetworkPolicy.Or(defaults.NetworkPolicy),
            AuthKey = AuthKeyOf(options.AuthKey),
            ReadinessProbe = ProbeOf(options.ReadinessProbe, defaults.ReadinessProbe),
            LivenessProbe = ProbeOf(options.LivenessProbe, defaults.LivenessProbe),
            StartupProbe = ProbeOf(options.StartupProbe, defaults.StartupProbe),
            Labels = options.Labels.Values(),
            Annotations = options.Annotations.Values(),
            TerminationGracePeriod = options.Pod.TerminationGracePeriod.Or(defaults.TerminationGracePeriod),
            DeployTimeout = options.DeployTimeout.Or(defaults.DeployTimeout),
            RollbackOnFailure = options.RollbackOnFailure.Or(defaults.RollbackOnFailure),
            PruneLimit = options.PruneLimit.OrNull(),
        };
    }

    private static ServiceSettings ServiceOf(PipelineDeploymentOptions options, ServiceSettings defaults) => new()
    {
        Type = options.Service.Type.Or(defaults.Type),
        Port = PortOf(options),
        NodePort = options.Service.NodePort.OrNull(),
        SessionAffinity = options.Service.SessionAffinity.Or(defaults.SessionAffinity),
        LoadBalancerIP = options.Service.LoadBalancerIP.OrNull(),
        LoadBalancerSourceRanges = options.Service.LoadBalancerSourceRanges.Values(),
        Annotations = options.Service.Annotations.Values(),
    };

    private static ResourceSettings ResourcesOf(ResourceOptions options, ResourceSettings defaults) => new()
    {
        Cpu = options.Cpu.Or(defaults.Cpu),
        Memory = options.Memory.Or(defaults.Memory),
        Gpu = options.Gpu.OrNull(),
        MinReplicas = options.MinReplicas.OrNull(),
        MaxReplicas = options.MaxReplicas.OrNull(),
    };

    private static AutoscalingSettings AutoscalingOf(AutoscalingOptions options, AutoscalingSettings defaults) => new()
    {
        Autoscaler = options.Autoscaler.Or(defaults.Autoscaler),
        Metric = options.Metric.Or(defaults.Metric),
        Target = options.Target.OrNull(),
        PrometheusAddress = options.PrometheusAddress.OrNull(),
    };

    private static IngressSettings? IngressOf(IngressOptions options)
    {
        var defaults = new IngressSettings();
        return options.Enabled.Or(false) ? new IngressSettings
        {
            ClassName = options.ClassName.OrNull(),
            Host = options.Host.OrNull(),
            Path = options.Path.Or(defaults.Path),
            PathType = options.PathType.Or(defaults.PathType),
            TlsEnabled = options.TlsEnabled.Or(options.TlsSecretName is not null),
            TlsSecretName = options.TlsSecretName.OrNull(),
            Annotations = options.Annotations.Values(),
        } : null;
    }

    // Without a name it is Engine that says so, with all other mistakes.
    private static GatewaySettings? GatewayOf(GatewayOptions options)
    {
        var defaults = new GatewaySettings { Name = options.Name.Or("") };
        return options.Enabled.Or(options is not { Name: null, Namespace: null, Listener: null, Host: null, Path: null }) ? defaults with
        {
            Namespace = options.Namespace.OrNull(),
            Listener = options.Listener.OrNull(),
            Host = options.Host.OrNull(),
            Path = options.Path.Or(defaults.Path),
            Annotations = options.Annotations.Values(),
        } : null;
    }

    private static ServiceAccountSettings ServiceAccountOf(ServiceAccountOptions options) => new()
    {
        Name = options.Name.OrNull(),
        Create = options.Create.Or(false),
        Annotations = options.Annotations.Values(),
        Role = options.Role.OrNull(),
        ClusterRole = options.ClusterRole.OrNull(),
        MountToken = options.MountToken.Or(false),
    };

    private static ProbeSettings ProbeOf(ProbeOptions options, ProbeSettings defaults) => new()
    {
        Enabled = options.Enabled.Or(defaults.Enabled),
        Path = options.Path.OrNull(),
        InitialDelaySeconds = options.InitialDelaySeconds.Or(defaults.InitialDelaySeconds),
        PeriodSeconds = options.PeriodSeconds.Or(defaults.PeriodSeconds),
        TimeoutSeconds = options.TimeoutSeconds.Or(defaults.TimeoutSeconds),
        SuccessThreshold = options.SuccessThreshold.Or(defaults.SuccessThreshold),
        FailureThreshold = options.FailureThreshold.Or(defaults.FailureThreshold),
    };

    private static AuthKey? AuthKeyOf(AuthKeyOptions options) => options switch
    {
        _ when !options.Enabled.Or(options.Key is not null) => null,
        { Key: { } key } => AuthKey.Of(key.Value),
        _ => AuthKey.Generated,
    };
}
