using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

public sealed class ImageTagTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("image-tag").FullName;

    [Fact]
    public void TheSameFiles_GiveTheSameTag_WheneverTheyWereWritten()
    {
        Write("app.dll", "code");
        var first = Tag();

        File.SetLastWriteTimeUtc(Path.Combine(_directory, "app.dll"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(first, Tag());
    }

    [Fact]
    public void ATag_IsWhatARegistryAccepts()
    {
        Write("app.dll", "code");

        Assert.Matches("^[0-9a-f]{64}$", Tag());
    }

    [Fact]
    public void EverythingThatShapesTheImage_ChangesTheTag()
    {
        Write("app.dll", "code");
        var tags = new List<string> { Tag(), Tag(baseImage: "sha256:2"), Tag(properties: ["ContainerUser=app"]), Tag(properties: ["ContainerUser=ap", "p"]) };
        Write("app.dll", "other");
        tags.Add(Tag());
        Write("wwwroot/app.dll", "");
        tags.Add(Tag());
        File.Move(Path.Combine(_directory, "app.dll"), Path.Combine(_directory, "moved.dll"));
        tags.Add(Tag());

        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string path, string content)
    {
        var file = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private string Tag(string baseImage = "sha256:1", params string[] properties) =>
        ImageTag.Of(new PublishedProject("app.csproj", _directory, "base", properties), baseImage);
}
