using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>A file of a volume.</summary>
internal readonly record struct VolumeFile(byte[] Content, UnixFileMode Mode);

/// <summary>
/// Writes the files of a volume all at once: they are in a directory of their own, to which one link is switched, so that
/// a reader never sees half of a change.
/// </summary>
internal static class AtomicDirectory
{
    private const string Current = "..data";

    private const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_101;

    public static void Write(string directory, IReadOnlyDictionary<string, VolumeFile> files)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, DirectoryMode);
        var link = Path.Combine(directory, Current);
        var version = ".." + Fingerprint(files);
        var before = new FileInfo(link).LinkTarget;
        if (before == version)
        {
            return;
        }

        foreach (var (name, file) in files)
        {
            var path = Path.Combine(directory, version, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
            File.SetUnixFileMode(path, file.Mode);
        }

        Directory.CreateDirectory(Path.Combine(directory, version));
        File.Delete(link + "_tmp");
        File.CreateSymbolicLink(link + "_tmp", version);
        Switch(link + "_tmp", link);

        // What the user sees are links into the current version.
        var names = files.Keys.Select(name => name.Split('/')[0]).ToHashSet();
        foreach (var name in names.Where(name => new FileInfo(Path.Combine(directory, name)).LinkTarget is null))
        {
            File.CreateSymbolicLink(Path.Combine(directory, name), $"{Current}/{name}");
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Where(entry => !names.Contains(entry)))
        {
            if (entry.StartsWith("..", StringComparison.Ordinal))
            {
                if (entry == before)
                {
                    Directory.Delete(Path.Combine(directory, entry), recursive: true);
                }
            }
            else
            {
                File.Delete(Path.Combine(directory, entry));
            }
        }
    }

    /// <summary>Unlike File.Move, this replaces a link that leads to a directory.</summary>
    private static void Switch(string from, string to)
    {
        if (Rename(from, to) != 0)
        {
            throw new IOException($"cannot switch {to}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "rename", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    private static string Fingerprint(IReadOnlyDictionary<string, VolumeFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}\0{(int)file.Mode}\0{file.Content.Length}\0"));
            hash.AppendData(file.Content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
