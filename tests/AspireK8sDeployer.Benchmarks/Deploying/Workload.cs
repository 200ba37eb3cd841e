using System.Globalization;
using AspireK8sDeployer.Benchmarks.Server.Pods;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>What is deployed: deployments of eight objects and one pod each.</summary>
/// <param name="Run">Which run of the benchmark it belongs to.</param>
/// <param name="Namespace">Where to.</param>
/// <param name="Count">How many deployments.</param>
/// <param name="Release">The value of <see cref="Variable"/>: what an update changes, and nothing else.</param>
internal sealed record Workload(string Run, string Namespace, int Count, string Release)
{
    /// <summary>The environment variable that an update changes. It is in the pods' template, so that the pods are replaced.</summary>
    public const string Variable = "RELEASE";

    public const string Application = "k8sd-benchmark";

    /// <summary>The value of each Secret; published objects hold a placeholder instead.</summary>
    public const string SecretValue = "correct horse battery staple";

    /// <summary>The kinds of a deployment's objects.</summary>
    public const int ObjectsEach = 8;

    public static string NameOf(int number) => number.ToString("'pipeline-'0000", CultureInfo.InvariantCulture);

    public IEnumerable<string> Names => Enumerable.Range(0, Count).Select(NameOf);

    /// <summary>Selects every object of the run.</summary>
    public string Selector => $"{StandIn.Mark}={Run}";

    public IReadOnlyList<DeploymentSettings> Settings() => [.. Names.Select(SettingsOf)];

    /// <summary>The objects as YAML, by deployment; as the engine renders them, the Secrets' values put in.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Objects)> Rendered() => Settings().Select(settings =>
        (settings.Name, (IReadOnlyList<string>)[.. DeploymentEngine.Render(settings).Objects.Where(item => item.Id.Kind != "Namespace").Select(item => WithSecret(item.ToYaml()))]));

    private static string WithSecret(string yaml) => yaml.Replace("REPLACE_ME", SecretValue, StringComparison.Ordinal);

    private DeploymentSettings SettingsOf(string name) => new()
    {
        Name = name,
        Namespace = Namespace,
        Application = Application,
        Image = "registry.example/pipeline:1.0",
        Version = "1.0",
        Resources = new ResourceSettings { MinReplicas = 1, MaxReplicas = 3 },
        PodDisruptionBudget = true,
        Ingress = new IngressSettings { ClassName = StandIn.NameOf(Run), Path = $"/{name}" },
        ServiceAccount = new ServiceAccountSettings { Create = true },
        Environment = new Dictionary<string, string> { [Variable] = Release },
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = SecretValue },
        Labels = new Dictionary<string, string> { [StandIn.Mark] = Run },
        Pod = new PodSettings
        {
            ConfigFiles = new Dictionary<string, string> { ["/etc/pipeline/settings.json"] = "{ \"batch\": 16 }\n" },
            NodeSelectors = new Dictionary<string, string> { [StandIn.Mark] = Run },
            Tolerations = [new V1Toleration { Key = StandIn.Mark, OperatorProperty = "Exists" }],
        },
    };
}
