using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings.Rows;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Every setting of a deployment, by the name that configuration and the documentation use.</summary>
internal static class SettingRows
{
    public static readonly SettingRow Namespace = new ValueRow<string>("Namespace", "pipelines", options => options.Namespace);

    public static readonly SettingRow ServicePort = new ValueRow<int>("ServicePort", "9000", options => options.Service.Port);

    public static readonly IReadOnlyList<SettingRow> Deployment =
    [
        Namespace,
        new ValueRow<double>("Cpu", "0.5", options => options.Resources.Cpu),
        new ValueRow<string>("Memory", "512Mi", options => options.Resources.Memory),
        new ValueRow<int>("Gpu", "1", options => options.Resources.Gpu),
        new ValueRow<int>("MinReplicas", "1", options => options.Resources.MinReplicas),
        new ValueRow<int>("MaxReplicas", "3", options => options.Resources.MaxReplicas),
        Choice<AutoscalerKind>("Autoscaler", options => options.Autoscaling.Autoscaler),
        Choice<AutoscalingMetric>("AutoscalingMetric", options => options.Autoscaling.Metric),
        new ValueRow<int>("AutoscalingTarget", "80", options => options.Autoscaling.Target),
        new ValueRow<string>("PrometheusAddress", "http://prometheus.monitoring:9090", options => options.Autoscaling.PrometheusAddress),
        new ValueRow<int>("MaxConcurrency", "8", options => options.MaxConcurrency),

        Choice<ServiceType>("ServiceType", options => options.Service.Type),
        ServicePort,
        new ValueRow<int>("NodePort", "30080", options => options.Service.NodePort),
        Choice<SessionAffinity>("SessionAffinity", options => options.Service.SessionAffinity),
        new ValueRow<string>("LoadBalancerIP", "203.0.113.10", options => options.Service.LoadBalancerIP),
        new ListRow("LoadBalancerSourceRanges", "10.0.0.0/8", options => options.Service.LoadBalancerSourceRanges),
        new MapRow("ServiceAnnotations", "example.com/scheme=internal", options => options.Service.Annotations),

        new ValueRow<bool>("IngressEnabled", "true", options => options.Ingress.Enabled),
        new ValueRow<string>("IngressClass", "nginx", options => options.Ingress.ClassName),
        new ValueRow<string>("IngressHost", "greeter.example.com", options => options.Ingress.Host),
        new ValueRow<string>("IngressPath", "/greeter", options => options.Ingress.Path),
        Choice<IngressPathType>("IngressPathType", options => options.Ingress.PathType),
        new ValueRow<bool>("IngressTlsEnabled", "true", options => options.Ingress.TlsEnabled),
        new ValueRow<string>("IngressTlsSecretName", "greeter-tls", options => options.Ingress.TlsSecretName),
        new MapRow("IngressAnnotations", "cert-manager.io/cluster-issuer=letsencrypt", options => options.Ingress.Annotations),
        new ValueRow<bool>("GatewayEnabled", "false", options => options.Gateway.Enabled),
        new ValueRow<string>("GatewayName", "public", options => options.Gateway.Name),
        new ValueRow<string>("GatewayNamespace", "gateways", options => options.Gateway.Namespace),
        new ValueRow<string>("GatewayListener", "https", options => options.Gateway.Listener),
        new ValueRow<string>("GatewayHost", "greeter.example.com", options => options.Gateway.Host),
        new ValueRow<string>("GatewayPath", "/greeter", options => options.Gateway.Path),
        new MapRow("GatewayAnnotations", "example.com/team=ml", options => options.Gateway.Annotations),
        new ValueRow<bool>("NetworkPolicy", "true", options => options.NetworkPolicy),

        .. ProbeRows.Readiness,
        .. ProbeRows.Liveness,
        .. ProbeRows.Startup,

        Choice<ImagePullPolicy>("ImagePullPolicy", options => options.ImagePull.Policy),
        new ListRow("ImagePullSecrets", "registry-login", options => options.ImagePull.Secrets),
        new ListRow("Command", "Command:0=python", options => options.Command) { SplitsAtCommas = false },
        new ListRow("Args", "Args:0=--verbose", options => options.Args) { SplitsAtCommas = false },

        new ValueRow<string>("ServiceAccountName", "greeter", options => options.ServiceAccount.Name),
        new ValueRow<bool>("CreateServiceAccount", "true", options => options.ServiceAccount.Create),
        new MapRow("ServiceAccountAnnotations", "example.com/role=reader", options => options.ServiceAccount.Annotations),
        new ValueRow<string>("ServiceAccountRole", "reader", options => options.ServiceAccount.Role),
        new ValueRow<string>("ServiceAccountClusterRole", "view", options => options.ServiceAccount.ClusterRole),
        new ValueRow<bool>("MountServiceAccountToken", "true", options => options.ServiceAccount.MountToken),
        new MapRow("Labels", "team=ml", options => options.Labels),
        new MapRow("Annotations", "example.com/owner=ml", options => options.Annotations),

        .. PodRows.All,
        new TextsRow("AdditionalResources", "k8s/volume-claim.yaml", options => options.AdditionalResources),

        new ValueRow<bool>("PodDisruptionBudget", "true", options => options.PodDisruptionBudget),
        new ValueRow<bool>("AuthKeyEnabled", "true", options => options.AuthKey.Enabled),
        new ValueRow<string>("AuthKey", "a key", options => options.AuthKey.Key) { IsSecret = true },
        new ValueRow<TimeSpan>("DeployTimeout", "00:15:00", options => options.DeployTimeout),
        new ValueRow<bool>("RollbackOnFailure", "true", options => options.RollbackOnFailure),
        new ValueRow<int>("PruneLimit", "20", options => options.PruneLimit),
    ];

    /// <summary>Sections below a deployment's that are input of other steps, not settings.</summary>
    public static readonly IReadOnlyList<string> DeploymentSections = ["Invoke", "Logs", "Rollback", "Destroy"];

    /// <summary>The settings of a deployer itself.</summary>
    public static readonly IReadOnlyList<string> Deployer =
    [
        DeployerKeys.Context, DeployerKeys.Kubeconfig, DeployerKeys.InCluster, DeployerKeys.Server, DeployerKeys.Token,
        DeployerKeys.CertificateAuthority, DeployerKeys.RbacSubject, DeployerKeys.Namespace, DeployerKeys.Status,
        DeployerKeys.Adoption, DeployerKeys.TakeOver, DeployerKeys.Replacement, DeployerKeys.Plan,
    ];

    private static ValueRow<T> Choice<T>(string name, System.Linq.Expressions.Expression<Func<PipelineDeploymentOptions, SettingValue<T>?>> member)
        where T : struct, Enum => new(name, string.Join(", ", Enum.GetNames<T>()), member);
}
