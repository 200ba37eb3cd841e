using k8s;

namespace AspireK8sDeployer.Hosting;

/// <summary>
/// Every setting of a pipeline deployment. What is left alone comes from a source with less say, else from the default: in rising order
/// there are the deployer's configuration, the deployer's calls, the deployment's configuration, and the deployment's calls.
/// </summary>
public sealed class PipelineDeploymentOptions
{
    internal PipelineDeploymentOptions()
    {
    }

    /// <summary>The namespace, which is created when it is missing. The default is <c>pipeline-deployments</c>.</summary>
    public SettingValue<string>? Namespace { get; set; }

    /// <summary>What one replica needs, and how many there are.</summary>
    public ResourceOptions Resources { get; } = new();

    /// <summary>How the number of replicas is moved between its bounds, when they differ.</summary>
    public AutoscalingOptions Autoscaling { get; } = new();

    /// <summary>The most invocations that one replica works on at the same time. No limit by default.</summary>
    public SettingValue<int>? MaxConcurrency { get; set; }

    /// <summary>How the pipeline is exposed.</summary>
    public ServiceOptions Service { get; } = new();

    /// <summary>The Ingress in front of it.</summary>
    public IngressOptions Ingress { get; } = new();

    /// <summary>The route to it from a Gateway.</summary>
    public GatewayOptions Gateway { get; } = new();

    /// <summary>When a replica gets requests.</summary>
    public ProbeOptions ReadinessProbe { get; } = new();

    /// <summary>When a replica is restarted.</summary>
    public ProbeOptions LivenessProbe { get; } = new();

    /// <summary>How long a replica may take to begin; the other probes wait for it.</summary>
    public ProbeOptions StartupProbe { get; } = new();

    /// <summary>How nodes get the image.</summary>
    public ImagePullOptions ImagePull { get; } = new();

    /// <summary>What runs in place of the image's entry point.</summary>
    public IReadOnlyList<SettingValue<string>>? Command { get; set; }

    /// <summary>The arguments in place of the image's.</summary>
    public IReadOnlyList<SettingValue<string>>? Args { get; set; }

    /// <summary>As whom the pods call the Kubernetes API.</summary>
    public ServiceAccountOptions ServiceAccount { get; } = new();

    /// <summary>What the pods are besides their container.</summary>
    public PodOptions Pod { get; } = new();

    /// <summary>Labels for every object, but not its pods. Those that the deployer sets itself are refused.</summary>
    public IDictionary<string, SettingValue<string>> Labels { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>Annotations for every object, but not its pods.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>Files (YAML or JSON) with objects that belong to the deployment, relative to the AppHost's folder.</summary>
    public IList<string> AdditionalResources { get; set => field = [.. value]; } = [];

    /// <summary>Objects that belong to the deployment, as models of KubernetesClient.</summary>
    public IList<IKubernetesObject> AdditionalObjects { get; set => field = [.. value]; } = [];

    /// <summary>Whether a PodDisruptionBudget keeps replicas while nodes are drained. The default is yes with two replicas or more.</summary>
    public SettingValue<bool>? PodDisruptionBudget { get; set; }

    /// <summary>Whether a NetworkPolicy lets in nothing but the Service's port and the metrics. The default is no.</summary>
    public SettingValue<bool>? NetworkPolicy { get; set; }

    /// <summary>The bearer key that callers must show.</summary>
    public AuthKeyOptions AuthKey { get; } = new();

    /// <summary>How long a deploy may take in all. The default is 10 minutes.</summary>
    public SettingValue<TimeSpan>? DeployTimeout { get; set; }

    /// <summary>Whether the last revision that succeeded is put back when a rollout fails. The default is no.</summary>
    public SettingValue<bool>? RollbackOnFailure { get; set; }

    /// <summary>How many objects that are not asked for any more a deploy may delete. The default is a quarter of them, and 10 in any case.</summary>
    public SettingValue<int>? PruneLimit { get; set; }
}
