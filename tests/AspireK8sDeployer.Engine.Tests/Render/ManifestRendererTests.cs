using System.Text;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Render;

public class ManifestRendererTests
{
    private static DeploymentSettings Full => A.Settings() with
    {
        Version = "1.4.0",
        ImagePullPolicy = ImagePullPolicy.Always,
        ImagePullSecrets = ["shared-registry"],
        PullCredentials = new RegistryCredentials("registry.example.com", "ada", "hunter2"),
        Command = ["/app/greeter"],
        Args = ["--verbose", "yes"],
        Service = new ServiceSettings
        {
            Port = 9000,
            SessionAffinity = SessionAffinity.ClientIP,
            LoadBalancerIP = "203.0.113.7",
            LoadBalancerSourceRanges = ["10.0.0.0/8"],
            Annotations = new Dictionary<string, string> { ["example.com/internal"] = "true" },
        },
        Resources = new ResourceSettings { Cpu = 2, Memory = "4GB", Gpu = 1, MinReplicas = 1, MaxReplicas = 5 },
        Environment = new Dictionary<string, string> { ["GREETING"] = "Hello: world", ["TEMPLATE"] = "$(NAME) costs $5" },
        SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter2" },
        Labels = new Dictionary<string, string> { ["team"] = "payments" },
        Annotations = new Dictionary<string, string> { ["example.com/owner"] = "Ada Lovelace" },
    };

    [Fact]
    public void Defaults_RenderAsReviewed() => Snapshot.Matches(ToYaml(A.Settings()), "Defaults.yaml");

    [Fact]
    public void EverySetting_RendersAsReviewed() => Snapshot.Matches(ToYaml(Full), "Full.yaml");

    [Fact]
    public void Published_HasPlaceholdersForSecretValues_AndStableNames() =>
        Snapshot.Matches(DeploymentEngine.Render(Full).ToYaml(), "Published.yaml");

    [Fact]
    public void NodePort_RendersAsReviewed()
    {
        var settings = A.Settings() with { Service = new ServiceSettings { Type = ServiceType.NodePort, NodePort = 30080 } };

        var service = Render(settings).Objects.Single(item => item.Id.Kind == "Service");

        Assert.Equal("""{"type":"NodePort","selector":{"aspire-k8s.dev/deployment":"greeter"},"sessionAffinity":"None","ports":[{"name":"http","port":8000,"targetPort":"http","protocol":"TCP","nodePort":30080}]}""", service.Body["spec"]!.ToJsonString());
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData(3, null, 3)]
    [InlineData(null, 4, 4)]
    [InlineData(2, 2, 2)]
    public void OneBound_OrEqualOnes_FixTheReplicas(int? minimum, int? maximum, int replicas)
    {
        var manifest = Render(A.Settings() with { Resources = new ResourceSettings { MinReplicas = minimum, MaxReplicas = maximum } });

        Assert.Equal(replicas, (int)Spec(manifest, "Deployment")["replicas"]!);
        Assert.DoesNotContain(manifest.Objects, item => item.Id.Kind == "HorizontalPodAutoscaler");
    }

    [Fact]
    public void DifferentBounds_LeaveTheReplicasToAnAutoscaler()
    {
        var manifest = Render(A.Settings() with { Resources = new ResourceSettings { MinReplicas = 2, MaxReplicas = 5 }, Autoscaling = new AutoscalingSettings { Metric = AutoscalingMetric.Memory } });

        Assert.Null(Spec(manifest, "Deployment")["replicas"]);
        Assert.Equal(
            """{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"greeter"},"minReplicas":2,"maxReplicas":5,"metrics":[{"type":"Resource","resource":{"name":"memory","target":{"type":"Utilization","averageUtilization":70}}}]}""",
            Spec(manifest, "HorizontalPodAutoscaler").ToJsonString());
    }

    [Fact]
    public void AForeignImage_IsProbedOnHealthAlone_AndKeepsItsUser()
    {
        var pod = Spec(Render(A.Settings() with { ImageIsOurs = false }), "Deployment")["template"]!["spec"]!;

        Assert.Equal("""{"seccompProfile":{"type":"RuntimeDefault"}}""", pod["securityContext"]!.ToJsonString());
        var container = pod["containers"]![0]!;
        string[] paths = [.. new List<string> { "readinessProbe", "livenessProbe", "startupProbe" }.Select(probe => (string)container[probe]!["httpGet"]!["path"]!)];
        Assert.Equal(["/health", "/health", "/health"], paths);
    }

    [Theory]
    [InlineData(true, 48, null, "48")]
    [InlineData(false, 48, """{"preStop":{"sleep":{"seconds":3}}}""", "45")]
    public void TheTimeToStop_IsThePods_AndTheProcessHearsOfIt(bool imageIsOurs, long grace, string? lifecycle, string afterSignal)
    {
        var settings = A.Settings() with { ImageIsOurs = imageIsOurs, TerminationGracePeriod = TimeSpan.FromSeconds(44.5) };

        var pod = Spec(Render(settings), "Deployment")["template"]!["spec"]!;

        var container = pod["containers"]![0]!;
        var variable = container["env"]!.AsArray().Single(item => (string?)item!["name"] == "PipelineDeployment__GracePeriodSeconds")!;
        Assert.Equal((grace, lifecycle, afterSignal), ((long)pod["terminationGracePeriodSeconds"]!, container["lifecycle"]?.ToJsonString(), (string?)variable["value"]));
    }

    [Fact]
    public void ChangedSecretValue_ChangesTheSecretsName_AndNothingTellsTheValue()
    {
        var before = Render(Full);
        var after = Render(Full with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter3" } });

        Assert.NotEqual(SecretName(before), SecretName(after));
        Assert.DoesNotContain("hunter2", before.ToYaml(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("hunter2")), before.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherSalt_GivesAnotherName()
    {
        var other = ManifestRenderer.Render(Full, new HashedSecrets(new byte[32]));

        Assert.NotEqual(SecretName(Render(Full)), SecretName(other));
    }

    [Fact]
    public void OnlyTheVersion_DoesNotTouchThePods()
    {
        // The snapshot's name is what the pipeline answers with, so it is part of the pod; the label is not.
        var labels = Spec(Render(Full), "Deployment")["template"]!["metadata"]!["labels"]!.AsObject();

        Assert.False(labels.ContainsKey("app.kubernetes.io/version"));
    }

    [Fact]
    public void SameSettings_GiveTheSameBytes() => Assert.Equal(ToYaml(Full), ToYaml(Full));

    private static RenderedManifest Render(DeploymentSettings settings) => ManifestRenderer.Render(settings, new HashedSecrets(A.Salt));

    private static string ToYaml(DeploymentSettings settings) => Render(settings).ToYaml();

    private static System.Text.Json.Nodes.JsonNode Spec(RenderedManifest manifest, string kind) => manifest.Objects.Single(item => item.Id.Kind == kind).Body["spec"]!;

    private static string SecretName(RenderedManifest manifest) => manifest.Objects.First(item => item.Id.Kind == "Secret").Id.Name;
}
