using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>
/// Where one deploy publishes one project to. No other deploy writes there, not even the build that one left behind when it
/// was killed, so the image is what was hashed.
/// </summary>
internal sealed class PublishFolder : IDisposable
{
    private const string Code = "K8SD812";
    private const string LockExtension = ".lock";

    private readonly FileStream _lock;

    private PublishFolder(string path)
    {
        Path = path;
        _lock = Lock(path);
    }

    public string Path { get; }

    /// <summary>Where the deploys of a project have their folders: beside its build output, which the SDK's own globs leave out.</summary>
    public static string RootOf(string projectPath) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(projectPath)!, "obj", "aspire-k8s", System.IO.Path.GetFileNameWithoutExtension(projectPath));

    /// <summary>Makes a new folder, and removes those that deploys left which are gone.</summary>
    /// <exception cref="DeploymentException">Nothing can be written there.</exception>
    public static PublishFolder Create(string projectPath)
    {
        var root = RootOf(projectPath);
        try
        {
            Directory.CreateDirectory(root);
            foreach (var left in Directory.GetFiles(root, "*" + LockExtension))
            {
                TryRemove(left[..^LockExtension.Length]);
            }

            return new PublishFolder(System.IO.Path.Combine(root, Guid.NewGuid().ToString("N")[..8]));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException(
                Code, "image", $"{System.IO.Path.GetFileName(projectPath)} cannot be published to {root}: {unwritable.Message}",
                $"let this user write to {System.IO.Path.GetDirectoryName(projectPath)}, where the SDK builds too, and deploy again", unwritable);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        TryRemove(Path);
    }

    // Its owner holds the lock for as long as it lives.
    private static void TryRemove(string path)
    {
        try
        {
            using (Lock(path))
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
            }
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody works there; a later deploy removes it.
        }
    }

    private static FileStream Lock(string path) => new(
        path + LockExtension, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
}
