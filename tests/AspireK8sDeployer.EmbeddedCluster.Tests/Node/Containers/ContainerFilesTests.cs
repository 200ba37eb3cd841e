using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public sealed class ContainerFilesTests : IDisposable
{
    private readonly string _image = Directory.CreateTempSubdirectory("image-").FullName;
    private readonly ContainerFiles _files;

    public ContainerFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_image, "app"));
        File.WriteAllText(Path.Combine(_image, "app/app.dll"), "");
        _files = new ContainerFiles(_image, [new BindMount("/state/v", "/etc/config", ReadOnly: true), new BindMount("/state/data", "/app/data", ReadOnly: false)]);
    }

    public void Dispose() => Directory.Delete(_image, recursive: true);

    [Theory]
    [InlineData("/etc/config/key", "/state/v/key")]
    [InlineData("/app/data", "/state/data")]
    [InlineData("/usr/bin/env", "/usr/bin/env")]
    public void Path_IsFoundInTheMountOrOnTheMachine(string path, string real) => Assert.Equal(real, _files.Find(path));

    [Fact]
    public void Path_IsFoundInTheImage() => Assert.Equal($"{_image}/app/app.dll", _files.Find("/app/app.dll"));

    [Theory]
    [InlineData("--config=/etc/config/key", "--config=/state/v/key")]
    [InlineData("/application/x", "/application/x")]
    [InlineData("see http://host/app/x", "see http://host/app/x")]
    public void Text_IsRewrittenWhereItNamesAPath(string text, string expected) => Assert.Equal(expected, _files.Rewrite(text));

    [Theory]
    [InlineData("/app/run/keys", "/run/keys")]
    [InlineData("/app/near/keys", "/app/other/keys")]
    [InlineData("/app/up/keys", "/keys")]
    [InlineData("/app/./none//keys", "/app/none/keys")]
    public void Links_AreFollowedWithTheContainersRootAsRoot(string path, string resolved)
    {
        File.CreateSymbolicLink(Path.Combine(_image, "app/run"), "/run");
        File.CreateSymbolicLink(Path.Combine(_image, "app/near"), "other");
        File.CreateSymbolicLink(Path.Combine(_image, "app/up"), "../../..");

        Assert.Equal(resolved, _files.Resolve(path));
    }

    [Fact]
    public void LinksInACircle_AreAFailureToStart()
    {
        File.CreateSymbolicLink(Path.Combine(_image, "app/one"), "two");
        File.CreateSymbolicLink(Path.Combine(_image, "app/two"), "one");

        Assert.Throws<ContainerStartException>(() => _files.Resolve("/app/one"));
    }
}
