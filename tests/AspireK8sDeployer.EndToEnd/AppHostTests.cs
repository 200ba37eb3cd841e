using AspireK8sDeployer.EndToEnd.Support;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>An AppHost from its first deploy to its destroy, as somebody at a terminal sees it.</summary>
public class AppHostTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FromDeployToDestroy()
    {
        cluster.SkipWithoutImages();
        await using var appHost = new AppHostUnderTest(cluster);

        var first = (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();
        await AnswersAsync(first);
        first.ShouldSay($"+ Deployment/{appHost.Namespace}/greeter create");
        first.ShouldSay("curl -X POST");
        var versions = await VersionsAsync(appHost);

        var second = (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();
        second.ShouldSay("nothing changed");
        Assert.Equal(versions, await VersionsAsync(appHost));

        var third = (await appHost.RunAsync("deploy", Cancellation, ("Test__Replicas", "3"))).ShouldSucceed();
        third.ShouldSay("spec.replicas: 1 -> 3");
        third.ShouldSay("3 of 3 replicas available");

        var refused = await appHost.RunAsync("destroy", Cancellation);
        Assert.Equal(4, refused.ExitCode);
        refused.ShouldSay("Pipeline__SkipConfirmation=true");
        await AnswersAsync(third);

        var destroyed = (await appHost.RunAsync("destroy", Cancellation, ("Pipeline__SkipConfirmation", "true"))).ShouldSucceed();
        destroyed.ShouldSay($"Namespace/{appHost.Namespace} deleted");
        Assert.Equal(cluster.IsEmbedded, destroyed.Output.Contains("embedded cluster \"default\": stopped", StringComparison.Ordinal));

        foreach (var result in (ProcessResult[])[first, second, third, refused, destroyed])
        {
            result.ShouldNotSay(AppHostUnderTest.ApiKey);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"deploy {first.Duration.TotalSeconds:0} s, again {second.Duration.TotalSeconds:0} s, scale {third.Duration.TotalSeconds:0} s, "
            + $"destroy {destroyed.Duration.TotalSeconds:0} s");
    }

    [Theory]
    [InlineData("Publishing")]
    [InlineData("Service/")]
    public async Task KilledDeploy_IsFinishedByTheNext(string output)
    {
        cluster.SkipWithoutImages();
        await using var appHost = new AppHostUnderTest(cluster);
        await using (var killed = appHost.Start("deploy"))
        {
            await killed.WaitForOutputAsync(output, TimeSpan.FromMinutes(3), Cancellation);
            killed.KillAlone();
            Assert.NotEqual(0, (await killed.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancellation)).ExitCode);
        }

        var next = (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();

        await AnswersAsync(next);
        var after = (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();
        after.ShouldSay("nothing changed");
        (await appHost.RunAsync("destroy", Cancellation, ("Pipeline__SkipConfirmation", "true"))).ShouldSucceed();
    }

    private static async Task<IReadOnlyList<string>> VersionsAsync(AppHostUnderTest appHost)
    {
        using var user = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(appHost.Kubeconfig));
        List<IKubernetesObject<V1ObjectMeta>> found =
        [
            .. (await user.AppsV1.ListNamespacedDeploymentAsync(appHost.Namespace, cancellationToken: Cancellation)).Items,
            .. (await user.CoreV1.ListNamespacedServiceAsync(appHost.Namespace, cancellationToken: Cancellation)).Items,
            .. (await user.CoreV1.ListNamespacedSecretAsync(appHost.Namespace, cancellationToken: Cancellation)).Items,
            .. (await user.CoordinationV1.ListNamespacedLeaseAsync(appHost.Namespace, cancellationToken: Cancellation)).Items,
        ];
        return [.. found.Select(item => $"{item.GetType().Name}/{item.Name()}@{item.ResourceVersion()}").Order(StringComparer.Ordinal)];
    }

    private async Task AnswersAsync(ProcessResult deploy)
    {
        if (!cluster.IsEmbedded && deploy.Output.Contains("port-forward service/", StringComparison.Ordinal))
        {
            // The deploy said so; nothing more can be known from here.
            return;
        }

        using var http = new HttpClient { BaseAddress = AppHostUnderTest.UrlIn(deploy) };
        Assert.Contains("Ada", await ClusterUnderTest.GreetAsync(http, "Ada", Cancellation), StringComparison.Ordinal);
    }
}
