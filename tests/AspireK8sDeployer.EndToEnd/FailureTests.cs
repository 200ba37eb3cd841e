using System.Diagnostics;
using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>Each failure ends in one clear message, long before the deploy's own time-out.</summary>
public class FailureTests(ClusterUnderTest cluster)
{
    private static readonly TimeSpan DeployTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrongSettings_AreAllNamed_AndNothingIsCreated()
    {
        await using var place = cluster.NewNamespace();
        var settings = await GreeterAsync(place);

        var failure = await FailureOfAsync(settings with
        {
            Name = "Not_A_Name",
            Resources = new ResourceSettings { Cpu = -1, Memory = "lots" },
            Service = new ServiceSettings { Port = 70000 },
        });

        Assert.StartsWith("K8SD1", failure.Code, StringComparison.Ordinal);
        foreach (var named in (string[])["Not_A_Name", "-1", "lots", "70000"])
        {
            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await place.ObjectVersionsAsync(Cancellation));
    }

    [Fact]
    public async Task CrashAtStart_IsToldWithTheLastWordsOfThePipeline()
    {
        await using var place = cluster.NewNamespace();
        var settings = await GreeterAsync(place);

        // An https endpoint without a certificate ends Kestrel at start, as it would for any user who set it.
        var failure = await FailureOfAsync(settings with
        {
            Environment = new Dictionary<string, string> { ["Kestrel__Endpoints__Secure__Url"] = "https://*:8443" },
        });

        Assert.StartsWith("K8SD4", failure.Code, StringComparison.Ordinal);
        Assert.Contains("Deployment/" + place.Name + "/greeter", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Unable to configure HTTPS endpoint", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingImage_IsNamed()
    {
        await using var place = cluster.NewNamespace();
        var settings = await GreeterAsync(place);
        var missing = settings.Image.Split('@')[0] + ":never-pushed";

        var failure = await FailureOfAsync(settings with { Image = missing });

        Assert.StartsWith("K8SD4", failure.Code, StringComparison.Ordinal);
        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenWithoutRights_IsToldWhatIsMissing()
    {
        Assert.SkipWhen(Kubectl.Missing is not null, Kubectl.Missing ?? "");
        await using var place = cluster.NewNamespace();
        var kubeconfig = await cluster.KubeconfigOfNobodyAsync(place, Cancellation);

        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = kubeconfig });
        var settings = await GreeterAsync(place);
        var failure = await FailureOfAsync(engine, settings);

        Assert.Equal("K8SD212", failure.Code);
        var token = (await File.ReadAllLinesAsync(kubeconfig, Cancellation)).Last(line => line.Contains("token:", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
        var preflight = await Assert.ThrowsAsync<DeploymentException>(() => engine.CheckAsync([settings], Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine(preflight.Message);
        foreach (var missing in (string[])["deployments.apps: list", "deployments.apps 'greeter': get, create, patch, delete", "secrets: get, list, create, update, patch, delete", "services: list", "replicasets.apps: list", "kind: Role"])
        {
            Assert.Contains(missing, preflight.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ClusterThatIsNotThere_IsToldAtOnce()
    {
        var kubeconfig = await KubeconfigFile.WriteAsync("https://127.0.0.1:1", "token: none");
        await using var place = cluster.NewNamespace();

        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = kubeconfig });
        var failure = await FailureOfAsync(engine, await GreeterAsync(place));

        Assert.StartsWith("K8SD2", failure.Code, StringComparison.Ordinal);
        Assert.Contains("https://127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        File.Delete(kubeconfig);
    }

    private async Task<DeploymentSettings> GreeterAsync(TestNamespace place) =>
        (await cluster.GreeterAsync(place.Name, Cancellation)) with { DeployTimeout = DeployTimeout };

    private async Task<DeploymentException> FailureOfAsync(DeploymentSettings settings)
    {
        using var engine = cluster.Connect();
        return await FailureOfAsync(engine, settings);
    }

    private static async Task<DeploymentException> FailureOfAsync(DeploymentEngine engine, DeploymentSettings settings)
    {
        var started = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<DeploymentException>(
            () => engine.DeployAsync(settings, progress: null, Cancellation).WaitAsync(Patience, Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine($"after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {failure.Message}");
        Assert.NotEmpty(failure.Fix);
        return failure;
    }
}
