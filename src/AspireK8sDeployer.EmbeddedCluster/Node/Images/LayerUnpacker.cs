using System.Formats.Tar;
using System.IO.Compression;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>
/// Unpacks layers on top of each other into one directory, and never writes outside of it: an image comes from
/// somebody else.
/// </summary>
internal static class LayerUnpacker
{
    private const string Whiteout = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>No set-user-id and no sticky bits: nothing in an image becomes another user.</summary>
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    public static async Task UnpackAsync(Stream layer, string root, CancellationToken cancellationToken)
    {
        var buffered = new BufferedStream(layer);
        await using (buffered.ConfigureAwait(false))
        {
            var content = await DecompressAsync(buffered, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var reader = new TarReader(content);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                    {
                        await UnpackAsync(entry, new RootedPath(root, entry.Name), cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
    }

    private static async Task UnpackAsync(TarEntry entry, RootedPath path, CancellationToken cancellationToken)
    {
        if (path.IsRoot)
        {
            return;
        }

        var parent = path.CreateParent();
        if (path.Name == OpaqueWhiteout)
        {
            foreach (var hidden in Directory.EnumerateFileSystemEntries(parent))
            {
                Remove(hidden);
            }

            return;
        }

        if (path.Name.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            Remove(RootedPath.Child(parent, path.Name[Whiteout.Length..]));
            return;
        }

        var target = Path.Combine(parent, path.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                CreateDirectory(target, entry.Mode);
                break;

            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                Remove(target);
                await WriteFileAsync(entry, target, cancellationToken).ConfigureAwait(false);
                break;

            case TarEntryType.SymbolicLink:
                Remove(target);
                File.CreateSymbolicLink(target, path.LinkTarget(entry.LinkName));
                break;

            case TarEntryType.HardLink:
                // A copy instead of a link: nothing can then be changed through the other name.
                var source = new RootedPath(path.Root, entry.LinkName).Existing();
                Remove(target);
                File.Copy(source, target);
                break;

            default:
                // Devices and pipes: the node gives a container this machine's own.
                break;
        }
    }

    private static async Task WriteFileAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }

        File.SetUnixFileMode(target, (entry.Mode & Permissions) | Owner);
        File.SetLastWriteTimeUtc(target, entry.ModificationTime.UtcDateTime);
    }

    private static void CreateDirectory(string target, UnixFileMode mode)
    {
        if (new FileInfo(target) is { } file && (file.Exists || file.LinkTarget is not null) && !Directory.Exists(target))
        {
            file.Delete();
        }

        Directory.CreateDirectory(target);
        if (new DirectoryInfo(target).LinkTarget is null)
        {
            File.SetUnixFileMode(target, (mode & Permissions) | Owner | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Removes what is there, and of a link only the link.</summary>
    private static void Remove(string path)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } directory)
        {
            directory.Delete(recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>Media types are not to be trusted here: archives of the SDK are named .tar.gz and are plain.</summary>
    private static async Task<Stream> DecompressAsync(BufferedStream layer, CancellationToken cancellationToken)
    {
        var magic = new byte[2];
        var read = await layer.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        layer.Position = 0;
        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(layer, CompressionMode.Decompress) : layer;
    }
}
