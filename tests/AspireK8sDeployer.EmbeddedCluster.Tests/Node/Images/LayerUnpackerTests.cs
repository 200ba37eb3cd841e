using System.Formats.Tar;
using System.IO.Compression;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Images;

public sealed class LayerUnpackerTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("layers-").FullName;
    private readonly string _root;

    public LayerUnpackerTests() => _root = Directory.CreateDirectory(Path.Combine(_parent, "root")).FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Theory]
    [InlineData("../evil")]
    [InlineData("app/../../evil")]
    [InlineData("/evil")]
    public async Task NameThatLeadsOut_IsRefused(string name)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(tar => File(tar, name, "x")));

        Assert.Equal([_root], Directory.EnumerateFileSystemEntries(_parent));
    }

    [Fact]
    public async Task LinkThatLeadsOut_IsRefused() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(tar => Link(tar, "app/link", "../../evil")));

    [Fact]
    public async Task AbsoluteLink_MeansTheImagesOwnRoot()
    {
        await UnpackAsync(tar =>
        {
            Link(tar, "bin/sh", "/usr/bin/dash");
            File(tar, "usr/bin/dash", "shell");
        });

        Assert.Equal("../usr/bin/dash", new FileInfo(Path.Combine(_root, "bin/sh")).LinkTarget);
        Assert.Equal("shell", System.IO.File.ReadAllText(Path.Combine(_root, "bin/sh")));
    }

    [Fact]
    public async Task AbsoluteLinkBelowALinkedDirectory_IsRelativeToWhereItReallyIs()
    {
        await UnpackAsync(tar =>
        {
            File(tar, "usr/lib/file", "");
            File(tar, "etc/x", "content");
            Link(tar, "lib", "usr/lib");
            Link(tar, "lib/foo", "/etc/x");
        });

        Assert.Equal("content", System.IO.File.ReadAllText(Path.Combine(_root, "usr/lib/foo")));
    }

    [Fact]
    public async Task LinkThatLeadsOutFromWhereItReallyIs_IsRefused() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(tar =>
        {
            File(tar, "d1/file", "");
            Link(tar, "d1/d2", "..");
            Link(tar, "d1/d2/l", "../../etc/x");
        }));

    [Fact]
    public async Task FileThroughALinkOfAnEarlierLayer_StaysInside()
    {
        Directory.CreateDirectory(Path.Combine(_parent, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), Path.Combine(_parent, "outside"));

        await UnpackAsync(tar => File(tar, "out/evil", "x"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_parent, "outside")));
    }

    [Fact]
    public async Task HardLinkToOutside_IsRefused() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(tar =>
            tar.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "app/passwd") { LinkName = "/etc/passwd" })));

    [Fact]
    public async Task Whiteouts_HideWhatEarlierLayersHold()
    {
        await UnpackAsync(tar =>
        {
            File(tar, "app/old", "1");
            File(tar, "data/a", "1");
            File(tar, "data/b", "1");
        });

        await UnpackAsync(tar =>
        {
            File(tar, "app/.wh.old", "");
            File(tar, "data/.wh..wh..opq", "");
            File(tar, "data/c", "2");
        });

        var files = Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_root, path));
        Assert.Equal(["data/c"], files);
    }

    [Fact]
    public async Task CompressedLayer_IsRecognisedByItsContent()
    {
        await UnpackAsync(tar => File(tar, "app/file", "content"), compress: true);

        Assert.Equal("content", System.IO.File.ReadAllText(Path.Combine(_root, "app/file")));
    }

    [Fact]
    public async Task SetUserIdBit_IsDropped()
    {
        await UnpackAsync(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "tool")
        {
            DataStream = new MemoryStream(),
            Mode = UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.UserExecute,
        }));

        var mode = System.IO.File.GetUnixFileMode(Path.Combine(_root, "tool"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    private static void File(TarWriter tar, string name, string content) => tar.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });

    private static void Link(TarWriter tar, string name, string target) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    private async Task UnpackAsync(Action<TarWriter> write, bool compress = false)
    {
        var archive = new MemoryStream();
        using (var target = compress ? new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true) : (Stream)new BufferedStream(archive))
        using (var tar = new TarWriter(target, leaveOpen: true))
        {
            write(tar);
            tar.Dispose();
            target.Flush();
            if (compress)
            {
                target.Dispose();
            }

            archive.Position = 0;
            await LayerUnpacker.UnpackAsync(new MemoryStream(archive.ToArray()), _root, TestContext.Current.CancellationToken);
        }
    }
}
