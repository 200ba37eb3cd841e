using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Images;

public sealed class ImageStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("images-").FullName;
    private readonly Dictionary<string, LocalImage> _index = [];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Prune_KeepsWhatPodsNameAndWhatIsRecent()
    {
        Add("registry.test/used:1", "used", age: 30);
        Add("registry.test/recent:1", "recent", age: 6);
        Add("registry.test/old:1", "old", age: 8);
        Directory.CreateDirectory(Path.Combine(_directory, "nameless"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "images.json"), JsonSerializer.Serialize(_index), TestContext.Current.CancellationToken);

        await new ImageStore(_directory).PruneAsync([ImageReference.Parse("registry.test/used:1")], Now);

        Assert.Equal(["recent", "used"], Directory.EnumerateDirectories(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var reopened = new ImageStore(_directory);
        Assert.Equal(
            [true, true, false],
            ((string[])["used", "recent", "old"]).Select(name => reopened.Find(ImageReference.Parse($"registry.test/{name}:1")) is not null));
    }

    [Fact]
    public async Task Prune_KeepsImagesThatAreReachedAnotherWay()
    {
        Add("registry.test/recent:1", "recent", age: 6);
        await File.WriteAllTextAsync(Path.Combine(_directory, "images.json"), JsonSerializer.Serialize(_index), TestContext.Current.CancellationToken);
        var link = _directory + "-link";
        Directory.CreateSymbolicLink(link, _directory);
        try
        {
            await new ImageStore(link).PruneAsync([], Now);
        }
        finally
        {
            Directory.Delete(link);
        }

        Assert.Equal(["recent"], Directory.EnumerateDirectories(_directory).Select(Path.GetFileName));
    }

    private void Add(string name, string id, int age)
    {
        var root = Directory.CreateDirectory(Path.Combine(_directory, id)).FullName;
        File.WriteAllText(Path.Combine(root, "file"), id);
        Directory.SetLastWriteTimeUtc(root, Now.UtcDateTime.AddDays(-age));
        _index[name] = new LocalImage($"sha256:{id}", $"sha256:{id}", $"{name}@sha256:{id}", root, new ImageConfig(), 1);
    }
}
