using System.Text.RegularExpressions;
using AspireK8sDeployer.EndToEnd.Support;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>A deploy that fails ends with exit code 1 and one message, which says what to do.</summary>
public partial class AppHostFailureTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrongSetting()
    {
        await using var appHost = new AppHostUnderTest(cluster);

        var result = await appHost.RunAsync("deploy", Cancellation, ("PipelineDeployments__greeter__ServicePort", "70000"));

        AssertFailed(result, 9, "K8SD1", "70000", "nothing was built or applied");
        Assert.False(File.Exists(appHost.Kubeconfig) && cluster.IsEmbedded, "a cluster was started");
    }

    [Fact]
    public async Task ClusterThatIsNotThere()
    {
        await using var appHost = new AppHostUnderTest(cluster);
        var kubeconfig = await KubeconfigFile.WriteAsync("https://127.0.0.1:1", "token: none");

        var result = await appHost.RunAsync("deploy", Cancellation, ("KubernetesDeployer__k8s__Kubeconfig", kubeconfig));

        File.Delete(kubeconfig);
        AssertFailed(result, 1, "K8SD210", "https://127.0.0.1:1", "connection refused");
    }

    [Fact]
    public async Task TokenWithoutRights()
    {
        Assert.SkipWhen(Kubectl.Missing is not null, Kubectl.Missing ?? "");
        await using var place = cluster.NewNamespace();
        await using var appHost = new AppHostUnderTest(cluster);
        var kubeconfig = await cluster.KubeconfigOfNobodyAsync(place, Cancellation);

        var result = await appHost.RunAsync(
            "deploy", Cancellation, ("KubernetesDeployer__k8s__Kubeconfig", kubeconfig), ("Test__Registry", cluster.Registry ?? "localhost:1"));

        AssertFailed(result, 7, "K8SD213", "deployments.apps 'greeter': get, create, patch, delete", "Role");
    }

    [Fact]
    public async Task PipelineThatCrashesAtStart()
    {
        cluster.SkipWithoutImages();
        await using var appHost = new AppHostUnderTest(cluster);

        var result = await appHost.RunAsync(
            "deploy", Cancellation,
            ("Test__Environment__0__Name", "DOTNET_STARTUP_HOOKS"), ("Test__Environment__0__AfterApiKey", ":another"));

        // The runtime takes the list apart and names the first hook alone, which is the key.
        AssertFailed(result, 3, "K8SD401", "Startup hook assembly '•••' failed to load", "correct what its log says");
        result.ShouldNotSay(AppHostUnderTest.ApiKey);
    }

    [Fact]
    public async Task OneOfTwoDeployments_LeavesTheOtherItsWholeResult()
    {
        cluster.SkipWithoutImages();
        await using var appHost = new AppHostUnderTest(cluster);

        var result = await appHost.RunAsync("deploy", Cancellation, ("Test__Broken", "broken"));

        AssertFailed(
            result, 3, "K8SD401", $"Deployment/{appHost.Namespace}/broken does not become ready",
            $"+ Deployment/{appHost.Namespace}/greeter create", "1 of 1 replicas available", "curl -X POST http://");
        Assert.Matches("greeter: [45] created", result.Output);

        var mended = (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();
        mended.ShouldSay("greeter: nothing changed", "broken was deployed by this AppHost, which no longer declares it");
        (await appHost.RunAsync("destroy", Cancellation, ("Pipeline__SkipConfirmation", "true"))).ShouldSucceed()
            .ShouldSay($"Namespace/{appHost.Namespace} deleted");
    }

    private static void AssertFailed(ProcessResult result, int exitCode, string code, params string[] words)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"after {result.Duration.TotalSeconds:0} s:\n{result.Output}");
        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith(code, Assert.Single(Codes().Matches(result.Output)).Value, StringComparison.Ordinal);
        result.ShouldSay(words);
        Assert.DoesNotContain("   at ", result.Output.Replace("|    at ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [GeneratedRegex("K8SD[0-9]{3}")]
    private static partial Regex Codes();
}
