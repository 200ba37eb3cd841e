using System.Globalization;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Publish;

public class PublisherTests
{
    private const string Canary = "canary-3f9a";

    [Fact]
    public void Defaults_ArePublishedAsReviewed() => Snapshot.Matches(TextOf(A.Settings(), new PublishOptions()), "Defaults.txt");

    [Fact]
    public void EverythingAtOnce_IsPublishedAsReviewed() => Snapshot.Matches(
        TextOf(Full(), new PublishOptions
        {
            Image = PublishedImage.Unbuilt("registry.example.com/team/greeter"),
            SecretSources = new Dictionary<string, string> { ["DB"] = "Host=db;Password={db-password.value}", ["TOKEN"] = "{token.value}\nEVIL=1" },
            Subject = RbacSubject.ServiceAccount("ci", "deployer"),
        }),
        "Full.txt");

    [Fact]
    public void NoSecretValue_IsInAnyFile() =>
        Assert.DoesNotContain(Publish(Full()).Files, file => file.Value.Contains(Canary, StringComparison.OrdinalIgnoreCase) || file.Key.Contains(Canary, StringComparison.Ordinal));

    [Fact]
    public void ADifferentSecretValue_ChangesNoByte()
    {
        var other = Full() with { SecretEnvironment = Full().SecretEnvironment.ToDictionary(item => item.Key, _ => "another") };

        Assert.Equal(Publish(Full()).Files, Publish(other).Files);
    }

    [Fact]
    public void OrderOfInput_AndCulture_ChangeNoByte()
    {
        var expected = Publish(Full()).Files;
        var reordered = Full() with
        {
            Labels = Full().Labels.Reverse().ToDictionary(),
            Environment = Full().Environment.Reverse().ToDictionary(),
            SecretEnvironment = Full().SecretEnvironment.Reverse().ToDictionary(),
        };
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(expected, Publish(reordered).Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryFile_EndsItsLinesAsUnixDoes() =>
        Assert.All(Publish(Full()).Files, file => Assert.True(file.Value.EndsWith('\n') && !file.Value.Contains('\r'), file.Key));

    [Theory]
    [InlineData("greeter", "greeter", null, null)]
    [InlineData("localhost:5000/greeter", "localhost:5000/greeter", null, null)]
    [InlineData("localhost:5000/a/greeter:1.4", "localhost:5000/a/greeter", "1.4", null)]
    [InlineData("ghcr.io/a/greeter@sha256:01", "ghcr.io/a/greeter", null, "sha256:01")]
    [InlineData("ghcr.io/a/greeter:1.4@sha256:01", "ghcr.io/a/greeter", "1.4", "sha256:01")]
    public void AnImage_IsTakenApart(string reference, string name, string? tag, string? digest) =>
        Assert.Equal(new PublishedImage(name, tag, digest), PublishedImage.Of(reference));

    private static DeploymentSettings Full() => A.Settings() with
    {
        Version = "1.4.0",
        PullCredentials = new RegistryCredentials("registry.example.com", "ada", Canary),
        Resources = new ResourceSettings { Cpu = 0.5, MinReplicas = 2, MaxReplicas = 5 },
        Ingress = new IngressSettings { Host = "greeter.example.com", ClassName = "nginx" },
        NetworkPolicy = true,
        ServiceAccount = new ServiceAccountSettings { Create = true },
        AuthKey = AuthKey.Of(Canary + "-of-the-callers"),
        Pod = new PodSettings { ConfigFiles = new Dictionary<string, string> { ["/etc/greeter/greeting.txt"] = "Hello\nWorld\n" } },
        AdditionalResources =
        [
            AdditionalResource.FromObject(new V1Secret
            {
                ApiVersion = "v1", Kind = "Secret", Type = "kubernetes.io/tls", Metadata = new V1ObjectMeta { Name = "greeter-tls" },
                StringData = new Dictionary<string, string> { ["tls.key"] = Canary, ["tls.crt"] = Canary },
            }),
            AdditionalResource.FromYaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\ndata: {a: b}\n", "extra.yaml"),
        ],
        Environment = new Dictionary<string, string> { ["GREETING"] = "Hello: world", ["A"] = "1" },
        SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = Canary, ["DB"] = $"Host=db;Password={Canary}" },
        Labels = new Dictionary<string, string> { ["team"] = "payments", ["cost-center"] = "0042" },
        Annotations = new Dictionary<string, string> { ["example.com/owner"] = "Ada Lovelace" },
    };

    private static PublishedDeployment Publish(DeploymentSettings settings) => DeploymentEngine.Publish(settings, new PublishOptions());

    private static string TextOf(DeploymentSettings settings, PublishOptions options) =>
        string.Concat(DeploymentEngine.Publish(settings, options).Files.Select(file => $"===== {file.Key}\n{file.Value}"));
}
