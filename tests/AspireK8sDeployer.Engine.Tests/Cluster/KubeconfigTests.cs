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

    [Fact]
    public void AnExecPluginThatFails_IsNamed()
    {
        File.WriteAllText(_file, Config.Replace("user: {token: x}", "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, interactiveMode: Never}}", StringComparison.Ordinal));

        var failure = Failure(new ClusterConnection { KubeconfigPath = _file });

        Assert.Equal("K8SD203", failure.Code);
        Assert.Equal("run 'no-such-plugin' by itself, log in if it asks for it, and deploy again", failure.Fix);
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
