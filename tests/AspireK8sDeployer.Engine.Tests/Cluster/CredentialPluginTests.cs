using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public sealed class CredentialPluginTests : IDisposable
{
    private const string Config =
        """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters:
        - {name: one, cluster: {server: "https://127.0.0.2:6443", certificate-authority-data: aGVsbG8=, tls-server-name: api.example}}
        contexts:
        - {name: dev, context: {cluster: one, user: ada}}
        users:
        - name: ada
          user:
            token: x
        """;

    private readonly PluginFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("aws", "run 'aws sso login', and deploy again")]
    [InlineData("gke-gcloud-auth-plugin", "run 'gcloud auth login', and deploy again")]
    [InlineData("kubelogin", "run 'kubelogin get-token' or 'az login', and deploy again")]
    [InlineData("own-plugin", "run 'own-plugin' by itself, log in if it asks for it, and deploy again")]
    public async Task APluginThatFails_IsNamedWithWhatToRun(string name, string fix)
    {
        _folder.Write(Config, "echo first >&2; echo 'the session has expired' >&2; exit 3", name);

        var failure = await RunAsync();

        Assert.Equal(
            ("K8SD203", $"Context 'dev' has no credentials: the plugin '{name}' ended with exit code 3: the session has expired", fix),
            (failure.Code, failure.Problem, failure.Fix));
    }

    [Fact]
    public async Task WhatThePluginIsToldInConfidence_IsNotInItsLastWords()
    {
        _folder.Write(
            Config, "echo \"no $PASSPHRASE, no $3, no $4\" >&2; exit 1",
            execFields: ", args: [login, --client-secret, hunter2-secret, --token=hunter3-token], env: [{name: PASSPHRASE, value: hunter4-value}]");

        var failure = await RunAsync();

        Assert.EndsWith("exit code 1: no •••, no •••, no --token=•••", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APluginThatHangs_IsEnded()
    {
        _folder.Write(Config, "sleep 600");

        var failure = await RunAsync(PluginFolder.Surroundings with { PluginPatience = TimeSpan.FromSeconds(0.5) });

        Assert.Equal("Context 'dev' has no credentials: the plugin 'plugin' gave nothing within 0.5 s", failure.Problem);
    }

    [Theory]
    [InlineData("aws", "install 'aws' so that it is in the PATH (get it from the shop), run 'aws sso login', and deploy again")]
    [InlineData("own-plugin", "install 'own-plugin' so that it is in the PATH (get it from the shop), and deploy again")]
    public async Task APluginThatIsMissing_IsSaidWithTheWayToGetIt(string name, string fix)
    {
        File.WriteAllText(_folder.Kubeconfig, Config.Replace(
            "token: x", $"exec: {{apiVersion: client.authentication.k8s.io/v1, command: {name}, interactiveMode: Never, installHint: \"get it\\nfrom the shop\"}}", StringComparison.Ordinal));

        var failure = await RunAsync(PluginFolder.Surroundings with { Variable = _ => "/nowhere" });

        Assert.Equal(($"Context 'dev' has no credentials: the plugin '{name}' is not installed", fix), (failure.Problem, failure.Fix));
    }

    [Theory]
    [InlineData("echo hunter2")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"hunter2\",\"expirationTimestamp\":\"hunter2\"}}'")]
    public async Task WhatCannotBeRead_IsNotQuoted(string script)
    {
        _folder.Write(Config, script);

        var failure = await RunAsync();

        Assert.Equal("Context 'dev' has no credentials: the plugin 'plugin' gave something that is no ExecCredential", failure.Problem);
        Assert.DoesNotContain("hunter", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherVersionThanAskedFor_IsRefused()
    {
        _folder.Write(Config, "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"x\"}}'");

        Assert.EndsWith("gave neither token nor certificate of client.authentication.k8s.io/v1", (await RunAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APluginThatMustAsk_IsNotRunWhereNobodyAnswers()
    {
        _folder.Write(Config, "give x");
        File.WriteAllText(_folder.Kubeconfig, File.ReadAllText(_folder.Kubeconfig).Replace("IfAvailable", "Always", StringComparison.Ordinal));

        Assert.EndsWith("asks its user, and nobody can answer here", (await RunAsync()).Problem, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Runs);
    }

    [Fact]
    public async Task APlugin_IsToldWhatItIsFor_AndGetsNoInput()
    {
        _folder.Write(Config, "cat; give x", execFields: ", provideClusterInfo: true");

        await Plugin(PluginFolder.Surroundings).RunAsync(Cancellation);

        Assert.Equal(
            """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false,"cluster":{"server":"https://127.0.0.2:6443","tls-server-name":"api.example","certificate-authority-data":"aGVsbG8="}}}""",
            _folder.Told.ToJsonString());
    }

    [Fact]
    public async Task Credentials_AreKeptUntilTheyEnd_HoweverManyAsk()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _folder.Write(Config, "give token$run ',\"expirationTimestamp\":\"2026-01-01T01:00:00Z\"'");
        using var credentials = new PluginCredentials(Plugin(PluginFolder.Surroundings), time);

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => credentials.GetAsync(Cancellation)));
        time.Advance(TimeSpan.FromMinutes(59));
        await credentials.GetAsync(Cancellation);
        Assert.Equal(1, _folder.Runs);

        time.Advance(TimeSpan.FromSeconds(45));
        var second = await credentials.GetAsync(Cancellation);
        await credentials.RenewAsync(first[0], Cancellation);

        Assert.Equal("Bearer token1", first[7].Header?.ToString());
        Assert.StartsWith("Bearer token2", second.Header?.ToString(), StringComparison.Ordinal);
    }

    private async Task<DeploymentException> RunAsync(Surroundings? surroundings = null) =>
        await Assert.ThrowsAsync<DeploymentException>(() => Plugin(surroundings ?? PluginFolder.Surroundings).RunAsync(Cancellation));

    private CredentialPlugin Plugin(Surroundings surroundings) =>
        new(Kubeconfig.Read(new ClusterConnection { KubeconfigPath = _folder.Kubeconfig }, surroundings), surroundings);
}
