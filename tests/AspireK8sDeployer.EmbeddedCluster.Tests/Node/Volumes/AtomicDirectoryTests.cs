using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Volumes;

public sealed class AtomicDirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("volume-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void ChangedContent_ReplacesEveryFileAtOnce()
    {
        AtomicDirectory.Write(_directory, Files(("a", "1"), ("sub/b", "1"), ("gone", "1")));
        AtomicDirectory.Write(_directory, Files(("a", "2"), ("sub/b", "2"), ("new", "2")));

        var visible = Directory.EnumerateFileSystemEntries(_directory).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("..", StringComparison.Ordinal)).Order();
        Assert.Equal(["a", "new", "sub"], visible);
        Assert.Equal(["2", "2", "2"], ((string[])["a", "sub/b", "new"]).Select(name => File.ReadAllText(Path.Combine(_directory, name))));
    }

    [Fact]
    public void EqualContent_IsNotWrittenAgain()
    {
        AtomicDirectory.Write(_directory, Files(("a", "1")));
        var before = new FileInfo(Path.Combine(_directory, "..data")).LinkTarget;

        AtomicDirectory.Write(_directory, Files(("a", "1")));

        Assert.Equal(before, new FileInfo(Path.Combine(_directory, "..data")).LinkTarget);
    }

    private static Dictionary<string, VolumeFile> Files(params (string Name, string Content)[] files) =>
        files.ToDictionary(file => file.Name, file => new VolumeFile(Encoding.UTF8.GetBytes(file.Content), UnixFileMode.UserRead));
}
