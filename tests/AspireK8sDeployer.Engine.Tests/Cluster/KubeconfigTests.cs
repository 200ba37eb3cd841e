using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public sealed class KubeconfigTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var failure = Failure(new ClusterConnection { KubeconfigPath = "/nowhere/config" });

        Assert.Equal(
            """
            K8SD201: No kubeconfig at /nowhere/config
              → name one with .WithKubeconfig("…"), or use .WithEmbeddedCluster()
            """,
            failure.Message);
    }

    [Fact]
    public void AnUnknownContext_ListsTheKnownOnes()
    {
        File.WriteAllText(_file, Config);

        var failure = Failure(new ClusterConnection { KubeconfigPath = _file, Context = "prod" });

        Assert.Equal(
            $"""
            K8SD202: The kubeconfig {_file} has no context 'prod'; it has 'dev', 'test'
              → choose one of them with .WithKubeContext("dev")
            """,
            failure.Message);
    }

    [Fact]
    public void ABrokenFile_IsNotQuoted()
    {
        File.WriteAllText(_file, "users:\n- name: a\n  user: {token: hunter2\nxx");

        var failure = Failure(new ClusterConnection { KubeconfigPath = _file });

        Assert.Equal("K8SD205", failure.Code);
        Assert.Null(failure.InnerException);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prodd", "'prod', 'dev', 'test'")]
    [InlineData("Test-EU", "'test', 'dev', 'prod'")]
    public void AnUnknownContext_ListsTheNearestFirst(string name, string known)
    {
        File.WriteAllText(_file, Config.Replace("users:", "- {name: prod, context: {cluster: one, user: ada}}\nusers:", StringComparison.Ordinal));

        var failure = Failure(new ClusterConnection { KubeconfigPath = _file, Context = name });

        Assert.Equal($"The kubeconfig {_file} has no context '{name}'; it has {known}", failure.Problem);
        Assert.Equal($"choose one of them with .WithKubeContext(\"{known.Split('\'')[1]}\")", failure.Fix);
    }

    [Theory]
    [InlineData("{name: dev, context: {cluster: two, user: ada}}", "it has no cluster 'two', which a context names")]
    [InlineData("{name: dev, context: {cluster: one, user: bob}}", "it has no user 'bob', which a context names")]
    [InlineData("{name: dev, context: {user: ada}}", "context 'dev' names no cluster")]
    public void AnEntryThatIsMissing_IsNamed(string context, string problem)
    {
        File.WriteAllText(_file, Config.Replace("{name: dev, context: {cluster: one, user: ada}}", context, StringComparison.Ordinal));

        Assert.Equal($"The kubeconfig {_file} cannot be used: {problem}", Failure(new ClusterConnection { KubeconfigPath = _file }).Problem);
    }

    [Theory]
    [InlineData("{token: hunter2 hunter3}", "the token of its user has blanks or line breaks in it")]
    [InlineData("{client-certificate-data: hunter2===, client-key-data: x}", "client-certificate-data is not Base64")]
    [InlineData("{client-certificate-data: aHVudGVyMg==, client-key-data: aHVudGVyMg==}", "the client certificate of its user and its key are not a pair in PEM form")]
    [InlineData("{client-certificate-data: aHVudGVyMg==}", "its user has a client certificate without a key")]
    [InlineData("{token: hunter2, as-groups: [a]}", "its user acts with groups, a uid or extras of another one ('as-…') without naming that one ('as')")]
    [InlineData("{auth-provider: {name: gcp, config: {access-token: hunter2}}}", "its auth-provider 'gcp' is of the past; 'gcloud container clusters get-credentials' writes one with a plugin")]
    [InlineData("{exec: [hunter2]}", "the plugin of its user is not described as it should be")]
    public void CredentialsThatCannotBeUsed_AreSaidToBe_AndNotQuoted(string user, string problem)
    {
        File.WriteAllText(_file, Config.Replace("{token: x}", user, StringComparison.Ordinal));

        var failure = Failure(new ClusterConnection { KubeconfigPath = _file });

        Assert.Equal(("K8SD206", $"The kubeconfig {_file} cannot be used: context 'dev': {problem}"), (failure.Code, failure.Problem));
        Assert.DoesNotContain("hunter", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OfSeveralFiles_TheFirstCounts_AndPathsAreThoseOfTheirOwnFile()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var second = Path.Combine(folder.FullName, "second");
            File.WriteAllText(second, Config.Replace("name: one", "name: two", StringComparison.Ordinal)
                .Replace("cluster: one", "cluster: two", StringComparison.Ordinal).Replace("name: dev", "name: prod", StringComparison.Ordinal)
                .Replace("127.0.0.2", "127.0.0.3", StringComparison.Ordinal).Replace("6443\"", "6443\", certificate-authority: ca.crt", StringComparison.Ordinal));
            File.WriteAllText(_file, Config);
            var surroundings = new Surroundings { Variable = name => name == "KUBECONFIG" ? $"{_file}{Path.PathSeparator}/nowhere/config{Path.PathSeparator}{second}" : null };

            var mine = Kubeconfig.Read(new ClusterConnection { Context = "test" }, surroundings);
            var theirs = Kubeconfig.Read(new ClusterConnection { Context = "prod" }, surroundings);

            Assert.Equal("https://127.0.0.2:6443", mine.Cluster.Text("server"));
            Assert.Equal(("https://127.0.0.3:6443", Path.Combine(folder.FullName, "ca.crt")), (theirs.Cluster.Text("server"), theirs.Cluster.Text("certificate-authority")));
            Assert.Equal($"{_file} + {second}", mine.Files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("https://rancher.example/k8s/clusters/c-1", "https://rancher.example/k8s/clusters/c-1/")]
    [InlineData("https://ada:hunter2@127.0.0.2:6443", "https://127.0.0.2:6443/")]
    public void AServersAddress_KeepsItsPath_AndNothingSecret(string server, string shown)
    {
        File.WriteAllText(_file, Config.Replace("https://127.0.0.2:6443", server, StringComparison.Ordinal));

        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = _file });

        Assert.Equal(shown, engine.Server);
    }

    [Fact]
    public void TheCurrentContext_IsTakenWhenNoneIsNamed()
    {
        File.WriteAllText(_file, Config);

        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = _file });

        Assert.Equal("https://127.0.0.2:6443/", engine.Server);
    }

    private const string Config =
        """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters:
        - {name: one, cluster: {server: "https://127.0.0.2:6443"}}
        contexts:
        - {name: test, context: {cluster: one, user: ada}}
        - {name: dev, context: {cluster: one, user: ada}}
        users:
        - name: ada
          user: {token: x}
        """;

    private static DeploymentException Failure(ClusterConnection connection)
    {
        using var engine = DeploymentEngine.Connect(connection);
        return Assert.Throws<DeploymentException>(() => engine.Server);
    }
}
