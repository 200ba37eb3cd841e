using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>
/// Names an image by what is in it: the same published files on the same base give the same tag, whenever they were built.
/// </summary>
internal static partial class ImageTag
{
    /// <summary>Raised when the same input makes a different image, so that no stale one is found.</summary>
    private const string Scheme = "aspire-k8s image 1";

    private const string StaticAssetsManifest = ".staticwebassets.endpoints.json";

    /// <summary>Hashes every file's path and content, the base image and the container's properties.</summary>
    public static string Of(PublishedProject project, string baseImage)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, Scheme);
        AppendText(hash, baseImage);
        foreach (var property in project.ContainerProperties.Order(StringComparer.Ordinal))
        {
            AppendText(hash, property);
        }

        foreach (var (path, file) in FilesOf(project.Directory))
        {
            AppendText(hash, path);
            if (path.EndsWith(StaticAssetsManifest, StringComparison.Ordinal))
            {
                AppendText(hash, LastModified().Replace(File.ReadAllText(file.FullName), ""));
            }
            else
            {
                AppendFile(hash, file);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Path, FileInfo File)> FilesOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), File: file))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal);

    // Lengths go first, so that no two lists of texts run together to the same bytes.
    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendFile(IncrementalHash hash, FileInfo file)
    {
        using var content = file.OpenRead();
        AppendLength(hash, content.Length);
        AppendLength(hash, OperatingSystem.IsWindows() ? 0 : (long)(file.UnixFileMode & UnixFileMode.UserExecute));
        var buffer = new byte[81920];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }
    }

    private static void AppendLength(IncrementalHash hash, long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        hash.AppendData(bytes);
    }

    // When the machine that builds checked the file out, or compressed it; what is in it, its ETag says.
    [GeneratedRegex("""\{"Name":"Last-Modified","Value":"[^"]*"\},?""")]
    private static partial Regex LastModified();
}
