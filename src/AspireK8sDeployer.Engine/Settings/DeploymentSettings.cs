namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Everything that one deployment of a pipeline is, as the user asked for it.</summary>
public sealed record DeploymentSettings
{
    /// <summary>The namespace used when none is given.</summary>
    public const string DefaultNamespace = "pipeline-deployments";

    /// <summary>The deployment's name, a DNS label; the name of its objects.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of its objects.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>The application (AppHost) that the deployment belongs to; an object of another one is refused.</summary>
    public required string Application { get; init; }

    /// <summary>The image reference, by digest when the build knows it.</summary>
    public required string Image { get; init; }

    /// <summary>The snapshot's version, shown in <c>app.kubernetes.io/version</c> and in invoke answers.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// Whether the image was built by us. Otherwise probes use <c>/health</c> alone and the user is left to the image.
    /// </summary>
    public bool ImageIsOurs { get; init; } = true;

    /// <summary>When nodes pull the image; the cluster's own rule when absent.</summary>
    public ImagePullPolicy? ImagePullPolicy { get; init; }

    /// <summary>Names of Secrets, already in the namespace, with registry credentials.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>Credentials that are put into a pull Secret of the deployment's own.</summary>
    public RegistryCredentials? PullCredentials { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>How the pipeline is exposed.</summary>
    public ServiceSettings Service { get; init; } = new();

    /// <summary>What a replica needs, and how many there are.</summary>
    public ResourceSettings Resources { get; init; } = new();

    /// <summary>How the number of replicas is moved when its bounds differ.</summary>
    public AutoscalingSettings Autoscaling { get; init; } = new();

    /// <summary>The most invocations that one replica works on at the same time; no limit when absent. Serving enforces it.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The Ingress in front of the Service; none when absent.</summary>
    public IngressSettings? Ingress { get; init; }

    /// <summary>The route from a Gateway to the Service; none when absent.</summary>
    public GatewaySettings? Gateway { get; init; }

    /// <summary>As whom the pods call the Kubernetes API.</summary>
    public ServiceAccountSettings ServiceAccount { get; init; } = new();

    /// <summary>What the pods are besides their container.</summary>
    public PodSettings Pod { get; init; } = new();

    /// <summary>Further objects that are deployed with it and removed with it.</summary>
    public IReadOnlyList<AdditionalResource> AdditionalResources { get; init; } = [];

    /// <summary>Whether a PodDisruptionBudget keeps replicas while nodes are drained; with two replicas or more when absent.</summary>
    public bool? PodDisruptionBudget { get; init; }

    /// <summary>Whether a NetworkPolicy lets in nothing but the Service's port and the metrics.</summary>
    public bool NetworkPolicy { get; init; }

    /// <summary>The bearer key that callers must show; none is asked for when absent.</summary>
    public AuthKey? AuthKey { get; init; }

    /// <summary>When a replica gets requests; <c>/health</c> by default.</summary>
    public ProbeSettings ReadinessProbe { get; init; } = new() { PeriodSeconds = 2 };

    /// <summary>When a replica is restarted; <c>/health/live</c> by default.</summary>
    public ProbeSettings LivenessProbe { get; init; } = new();

    /// <summary>How long a replica may take to begin; the other probes wait for it.</summary>
    public ProbeSettings StartupProbe { get; init; } = new() { PeriodSeconds = 1, FailureThreshold = 300 };

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables whose values are kept in a Secret and never printed.</summary>
    public IReadOnlyDictionary<string, string> SecretEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Secrets that <see cref="SecretEnvironment"/> holds only inside of longer values, such as the password of a connection
    /// string. They are masked in what a deploy says, and used for nothing else.
    /// </summary>
    public IReadOnlyCollection<string> ValuesToHide { get; init; } = [];

    /// <summary>Labels for every object, besides our own; the pods have their own settings.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations for every object; the pods have their own settings.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How long running invocations may take to finish when a replica is stopped. The pod has 3 seconds more, to exit in; one
    /// with an image that we did not build spends them before it is told to stop.
    /// </summary>
    public TimeSpan TerminationGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a deploy may take in all.</summary>
    public TimeSpan DeployTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the last release that succeeded is put back when a rollout fails.</summary>
    public bool RollbackOnFailure { get; init; }

    /// <summary>
    /// How many objects that are not asked for any more one deploy may delete; when absent a quarter of them all, and 10 in any
    /// case. A deploy that would delete more is refused.
    /// </summary>
    public int? PruneLimit { get; init; }

    /// <summary>The identity of the deployment in its cluster.</summary>
    public DeploymentIdentity Identity => new(Namespace, Name, Application);

    /// <summary>The name and the image; never a value that may be secret.</summary>
    public override string ToString() => $"{Namespace}/{Name} ({Image})";
}
