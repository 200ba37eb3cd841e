using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd.Matrix;

/// <summary>The groups of settings and the ways to fill them; the first of each is to leave it alone.</summary>
internal static partial class SettingsMatrix
{
    /// <summary>An account that pods name and that the deployment does not create.</summary>
    public const string Account = "reader";

    /// <summary>A RuntimeClass of this run, which has to be there for pods that name it.</summary>
    public static readonly string RuntimeClass = $"k8sd-e2e-{Guid.NewGuid().ToString("N")[..8]}";

    private static readonly SettingGroup Service = new("service")
    {
        { "default", s => s },
        { "load balancer", s => s with { Service = new() { LoadBalancerIP = "203.0.113.7", LoadBalancerSourceRanges = ["10.0.0.0/8", "203.0.113.0/24"] } } },
        { "annotated", s => s with { Service = new() { Port = 9000, Annotations = Map("service.beta.kubernetes.io/aws-load-balancer-type", "nlb") } } },
        { "node port", s => s with { Service = new() { Type = ServiceType.NodePort, NodePort = 31999, SessionAffinity = SessionAffinity.ClientIP } } },
        { "cluster IP", s => s with { Service = new() { Type = ServiceType.ClusterIP, Port = 80 } } },
    };

    private static readonly SettingGroup Ingress = new("ingress")
    {
        { "none", s => s },
        { "every host", s => s with { Ingress = new() } },
        { "host", s => s with { Ingress = new() { ClassName = "nginx", Host = "greeter.example.com", Path = "/greeter" } } },
        { "wildcard", s => s with { Ingress = new() { Host = "*.example.com", PathType = IngressPathType.Exact, Path = "/invoke" } } },
        { "pattern", s => s with { Ingress = new() { ClassName = "nginx", Path = "/greeter(/|$)(.*)", PathType = IngressPathType.ImplementationSpecific, Annotations = Map("nginx.ingress.kubernetes.io/rewrite-target", "/$2") } } },
        { "TLS", s => s with { Ingress = new() { Host = "greeter.example.com", TlsEnabled = true, TlsSecretName = "greeter-tls", Annotations = Map("cert-manager.io/cluster-issuer", "letsencrypt") } } },
    };

    private static readonly SettingGroup Gateway = new("gateway")
    {
        { "none", s => s },
        { "plain", s => s with { Gateway = new() { Name = "shared" } } },
        { "full", s => s with { Gateway = new() { Name = "shared", Namespace = "gateways", Listener = "https", Host = "*.example.com", Path = "/greeter", Annotations = Map("example.com/a", "b") } } },
    };

    private static readonly SettingGroup Image = new("image")
    {
        { "ours", s => s },
        { "somebody's", s => s with { ImageIsOurs = false, ImagePullPolicy = ImagePullPolicy.Always }, false },
        { "pulled with secrets", s => s with { ImagePullPolicy = ImagePullPolicy.IfNotPresent, ImagePullSecrets = ["registry"], PullCredentials = new("registry.example.com", "ada", "x") } },
        { "command", s => s with { Command = ["dotnet"], Args = ["app.dll", "--verbose"], Version = "1.4.0" } },
    };

    private static readonly SettingGroup Resources = new("resources")
    {
        { "default", s => s },
        { "parts", s => s with { Resources = new() { Cpu = 0.25, Memory = "1.5GiB" } } },
        { "GPU", s => s with { Resources = new() { Cpu = 4, Memory = "16GB", Gpu = 1 } } },
    };

    private static readonly SettingGroup Replicas = new("replicas")
    {
        { "one", s => s },
        { "three", s => Between(s, 3, 3) },
        { "without budget", s => Between(s, 2, 2) with { PodDisruptionBudget = false } },
        { "cpu", s => Between(s, 1, 5) with { PodDisruptionBudget = true } },
        { "memory", s => Between(s, 2, 5) with { Autoscaling = new() { Metric = AutoscalingMetric.Memory, Target = 80 } } },
        { "concurrency", s => Between(s, 1, 5) with { Autoscaling = new() { Metric = AutoscalingMetric.Concurrency, Target = 10 }, MaxConcurrency = 20 } },
        { "rps", s => Between(s, 1, 5) with { Autoscaling = new() { Metric = AutoscalingMetric.Rps, Target = 100 } } },
        { "KEDA by cpu", s => Between(s, 1, 5) with { Autoscaling = new() { Autoscaler = AutoscalerKind.Keda } } },
        { "KEDA from zero", s => Between(s, 0, 5) with { Autoscaling = new() { Autoscaler = AutoscalerKind.Keda, Metric = AutoscalingMetric.Rps, Target = 10, PrometheusAddress = "http://prometheus.monitoring:9090" } } },
    };

    private static readonly SettingGroup Probes = new("probes")
    {
        { "default", s => s },
        { "own", s => s with { ReadinessProbe = Often, LivenessProbe = Often with { SuccessThreshold = 1 }, StartupProbe = Often with { SuccessThreshold = 1 } } },
        { "none", s => s with { ReadinessProbe = new() { Enabled = false }, LivenessProbe = new() { Enabled = false }, StartupProbe = new() { Enabled = false } } },
    };

    private static readonly SettingGroup Identity = new("account")
    {
        { "default", s => s },
        { "named", s => s with { ServiceAccount = new() { Name = Account, MountToken = true, Role = "jobs" } } },
        { "created", s => s with { ServiceAccount = new() { Create = true, ClusterRole = "view", Annotations = Map("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/a") } } },
    };

    private static readonly SettingGroup Environment = new("environment")
    {
        { "none", s => s },
        { "values", s => s with { Environment = Map("GREETING", "Hello: \"yes\"\n# {}") } },
        { "secrets", s => s with { Environment = Map("GREETING", ""), SecretEnvironment = Map("DB_PASSWORD", "hunter2"), AuthKey = AuthKey.Of("0123456789abcdef0123456789abcdef") } },
    };

    private static readonly SettingGroup Metadata = new("metadata")
    {
        { "none", s => s },
        { "labels", s => s with { Labels = Map("team", "payments"), Annotations = Map("example.com/owner", "Ada Lovelace"), NetworkPolicy = true, TerminationGracePeriod = TimeSpan.FromSeconds(90) } },
    };

    private static readonly SettingGroup Extra = new("extra")
    {
        { "none", s => s },
        { "objects", s => s with { AdditionalResources = [AdditionalResource.FromYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {a: b}}", "extra.yaml")] } },
    };

    public static IReadOnlyList<SettingGroup> Groups =>
        [Pod, Replicas, Ingress, Service, Image, Gateway, Resources, Probes, Identity, Environment, Metadata, Extra];

    private static ProbeSettings Often => new() { Path = "/ready?deep=1", InitialDelaySeconds = 5, PeriodSeconds = 3, TimeoutSeconds = 4, SuccessThreshold = 2, FailureThreshold = 6 };

    private static DeploymentSettings Between(DeploymentSettings settings, int minimum, int maximum) =>
        settings with { Resources = settings.Resources with { MinReplicas = minimum, MaxReplicas = maximum } };

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
