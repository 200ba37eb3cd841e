using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>What is published, filled in, and applied by kubectl is what a deploy makes.</summary>
public partial class PublishTests(ClusterUnderTest cluster)
{
    private const string Kinds = "deployment,service,secret,configmap,serviceaccount,networkpolicy,horizontalpodautoscaler,poddisruptionbudget,ingress";
    private const string Canary = "canary-9c41";
    private const string Certificate = "-----BEGIN-----\n  canary-9c41\n-----END-----\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppliedByKubectl_IsWhatADeployMakes()
    {
        Assert.SkipWhen(Kubectl.Missing is not null, Kubectl.Missing ?? "");
        await using var deployed = cluster.NewNamespace();
        await using var applied = cluster.NewNamespace();
        using var folder = new TemporaryFolder();
        using var engine = cluster.Connect(new DeploymentEngineOptions { AddressGrace = TimeSpan.FromSeconds(1) });
        var settings = Everything(await cluster.GreeterAsync(deployed.Name, Cancellation));
        await engine.DeployAsync(settings, progress: null, Cancellation);
        var expected = await StateAsync(deployed.Name);

        var published = DeploymentEngine.Publish(settings with { Namespace = applied.Name }, new PublishOptions());
        Assert.DoesNotContain(published.Files.Values, content => content.Contains(Canary, StringComparison.Ordinal));
        await WriteAsync(Path.Combine(folder.Path, "greeter"), published, settings, await SecretsAsync(deployed.Name));
        await WriteOverlayAsync(Path.Combine(folder.Path, "overlay"), applied.Name);
        await cluster.Kubectl.RunAsync($"apply --server-side -k {Path.Combine(folder.Path, "overlay")}", Cancellation);
        await cluster.Kubectl.RunAsync($"rollout status deployment/greeter -n {applied.Name} --timeout=100s", Cancellation);

        Assert.Equal(expected, await StateAsync(applied.Name));
    }

    private static DeploymentSettings Everything(DeploymentSettings greeter) => greeter with
    {
        Version = "1.4.0",
        Resources = greeter.Resources with { MinReplicas = 1, MaxReplicas = 2 },
        PodDisruptionBudget = true,
        NetworkPolicy = true,
        Service = new ServiceSettings { Type = ServiceType.ClusterIP, SessionAffinity = SessionAffinity.ClientIP },
        Ingress = new IngressSettings { Host = "greeter.example.com", Path = "/greeter", ClassName = "nginx" },
        ServiceAccount = new ServiceAccountSettings { Create = true },
        AuthKey = AuthKey.Of(Canary),
        Environment = new Dictionary<string, string> { ["GREETING"] = "Hello: $(NOBODY)", ["NUMBER"] = "0042" },
        SecretEnvironment = new Dictionary<string, string>
        {
            ["TOKEN"] = Canary,
            ["DATABASE"] = $" Host=db; Password=\"{Canary}\" # not a comment ",
            ["CERTIFICATE"] = Certificate,
        },
        Pod = new PodSettings { ConfigFiles = new Dictionary<string, string> { ["/etc/greeter/greeting.txt"] = "Hello\nWorld\n" } },
        AdditionalResources =
        [
            AdditionalResource.FromObject(new V1Secret { Metadata = new V1ObjectMeta { Name = "further" }, StringData = new Dictionary<string, string> { ["a.txt"] = Canary } }),
            AdditionalResource.FromYaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: further}\ndata: {a: b}\n", "further.yaml"),
        ],
        Labels = new Dictionary<string, string> { ["team"] = "payments" },
        Annotations = new Dictionary<string, string> { ["example.com/owner"] = "Ada Lovelace" },
    };

    // As a user does: the values of one line into .env, the others into the files that the kustomization names.
    private static async Task WriteAsync(string folder, PublishedDeployment published, DeploymentSettings settings, IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in published.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), content, Cancellation);
        }

        var filled = Blank().Replace(
            published.Files[PublishedDeployment.SecretExample],
            match => match.Groups[1].Value == "CERTIFICATE" ? match.Value : match.Value + settings.SecretEnvironment[match.Groups[1].Value]);
        await File.WriteAllTextAsync(Path.Combine(folder, PublishedDeployment.SecretValues), filled, Cancellation);
        foreach (Match file in SecretFile().Matches(published.Files[PublishedDeployment.Kustomization]))
        {
            var path = Path.Combine(folder, file.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, files[file.Value], Cancellation);
        }
    }

    // The README's way for a value of several lines, which survives the next publish.
    private static async Task WriteOverlayAsync(string folder, string @namespace)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "certificate.pem"), Certificate, Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "kustomization.yaml"),
            $"""
            resources:
            - ../greeter
            secretGenerator:
            - name: greeter-env
              namespace: {@namespace}
              behavior: merge
              files:
              - CERTIFICATE=certificate.pem
              options:
                immutable: true
            """,
            Cancellation);
    }

    /// <summary>Every value of every Secret, by the file that the published folder reads it from.</summary>
    private async Task<IReadOnlyDictionary<string, byte[]>> SecretsAsync(string @namespace)
    {
        var secrets = await ObjectsAsync(@namespace, "secret");
        return secrets.SelectMany(secret => secret["data"]!.AsObject().Select(value => (
                File: $"{PublishedDeployment.SecretFiles}/{Hash().Replace((string)secret["metadata"]!["name"]!, "$1")}/{value.Key}",
                Bytes: Convert.FromBase64String((string)value.Value!))))
            .ToDictionary(item => item.File, item => item.Bytes);
    }

    private async Task<string> StateAsync(string @namespace) => string.Join('\n', (await ObjectsAsync(@namespace, Kinds)).Select(item => Comparable(item, @namespace)).Order(StringComparer.Ordinal));

    private async Task<IReadOnlyList<JsonObject>> ObjectsAsync(string @namespace, string kinds)
    {
        var list = await cluster.Kubectl.GetAsync($"{kinds} -n {@namespace} -l aspire-k8s.dev/deployment=greeter", Cancellation);

        // The inventory is a deploy's own.
        return [.. list["items"]!.AsArray().OfType<JsonObject>().Where(item => !((string)item["metadata"]!["name"]!).StartsWith("aspire-k8s.", StringComparison.Ordinal))];
    }

    private static string Comparable(JsonObject item, string @namespace)
    {
        item.Remove("status");
        var metadata = item["metadata"]!.AsObject();
        Array.ForEach(["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"], name => metadata.Remove(name));
        (item["spec"] as JsonObject)?.Remove("clusterIP");
        (item["spec"] as JsonObject)?.Remove("clusterIPs");
        var text = $"{item["kind"]} {item.ToJsonString(new() { WriteIndented = true })}".Replace(@namespace, "<namespace>", StringComparison.Ordinal);
        return Hash().Replace(Id().Replace(text, "<id>"), "$1-<hash>");
    }

    [GeneratedRegex("(greeter-(?:env|pull))-[a-z0-9]{10}(?![a-z0-9])")]
    private static partial Regex Hash();

    // Of the deployment: made of its namespace too.
    [GeneratedRegex("(?<=\"PipelineDeployment__Id\",\\s*\"value\": \")[-0-9a-f]{36}")]
    private static partial Regex Id();

    [GeneratedRegex("^([-._A-Za-z0-9]+)=$", RegexOptions.Multiline)]
    private static partial Regex Blank();

    [GeneratedRegex("(?<==)secrets/[^\"\\s]+")]
    private static partial Regex SecretFile();

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("k8sd-e2e-published-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
