using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

public sealed class BootstrapTests : IDisposable
{
    private const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";

    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-k8s-bootstrap-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task DefaultRoleThatLacksRules_GetsThemUnlessItSaysNo(string autoUpdate, bool completed)
    {
        int count;
        await using (var first = await StartAsync())
        {
            var role = View(first);
            count = role.Rules.Count;
            role.Rules = [.. role.Rules.Skip(1)];
            role.Metadata.Annotations[AutoUpdate] = autoUpdate;
            first.Api.Update(role, "test");
        }

        await using var second = await StartAsync();

        Assert.Equal(completed ? count : count - 1, View(second).Rules.Count);
    }

    [Fact]
    public async Task CompleteRoles_AreNotWrittenAgain()
    {
        Dictionary<string, string> before;
        await using (var first = await StartAsync())
        {
            before = Versions(first);
        }

        await using var second = await StartAsync();

        Assert.Equal(before, Versions(second));
    }

    private static V1ClusterRole View(ApiServer server) => server.Api.Get<V1ClusterRole>(null, "view")!;

    private static Dictionary<string, string> Versions(ApiServer server) =>
        server.Api.List<V1ClusterRole>().Items.Select(role => (Name: "role " + role.Name(), Version: role.ResourceVersion()))
            .Concat(server.Api.List<V1ClusterRoleBinding>().Items.Select(binding => (Name: "binding " + binding.Name(), Version: binding.ResourceVersion())))
            .ToDictionary(entry => entry.Name, entry => entry.Version);

    private Task<ApiServer> StartAsync() => ApiServer.StartAsync(new ApiServerOptions { StateDirectory = _directory }, Ct);
}
