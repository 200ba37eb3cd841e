using System.Collections.Concurrent;
using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>
/// The images of the node, unpacked on disk by the digest of their configuration. One that is there is complete: it is
/// unpacked beside and then renamed.
/// </summary>
internal sealed class ImageStore
{
    /// <summary>How long an image stays that no pod names. It counts from its directory's time: see <see cref="PruneAsync"/>.</summary>
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(7);

    private static readonly RegistryCredentials Nobody = new("", "");

    private readonly ConcurrentDictionary<string, Lazy<Task<LocalImage>>> _pulls = new();
    private readonly ConcurrentDictionary<string, LocalImage> _images = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<RegistryCredentials, bool>> _pulledWith = new();
    private readonly string _directory;
    private readonly string _index;
    private readonly Lock _saving = new();

    public ImageStore(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _index = Path.Combine(_directory, "images.json");

        foreach (var abandoned in Directory.EnumerateDirectories(_directory, "~*"))
        {
            PodDirectories.Remove(abandoned);
        }

        foreach (var (name, image) in Load().Where(entry => Directory.Exists(entry.Value.RootDirectory)))
        {
            _images[name] = image;
        }
    }

    /// <summary>The image, if it is on the node.</summary>
    public LocalImage? Find(ImageReference reference)
    {
        if (_images.TryGetValue(reference.FullName, out var image))
        {
            return image;
        }

        // What was pulled by tag is there by its digest too.
        return reference.Digest is null
            ? null
            : _images.Values.FirstOrDefault(known => known.RepositoryDigest == $"{reference.Registry}/{reference.Repository}@{reference.Digest}");
    }

    /// <summary>
    /// Removes the images that no name leads to any more, and those that were unpacked more than a week ago and that no pod has
    /// named at a start since. For the node's start, before anything is pulled or run; returns the removal of their files, which
    /// need not be waited for.
    /// </summary>
    /// <param name="named">The images of the cluster's pods.</param>
    /// <param name="now">The time, from which the week counts back.</param>
    public Task PruneAsync(IEnumerable<ImageReference> named, DateTimeOffset now)
    {
        var inUse = named.Select(Find).OfType<LocalImage>().Select(image => image.RootDirectory).ToHashSet();
        foreach (var directory in inUse)
        {
            Directory.SetLastWriteTimeUtc(directory, now.UtcDateTime);
        }

        foreach (var (name, image) in _images)
        {
            if (now - Directory.GetLastWriteTimeUtc(image.RootDirectory) > KeptUnused)
            {
                _images.TryRemove(name, out _);
            }
        }

        Save();

        // By their own names, for the way to them may be another one than when they were unpacked.
        var kept = _images.Values.Select(image => Path.GetFileName(image.RootDirectory)).ToHashSet();
        var removed = Directory.GetDirectories(_directory).Where(directory => !kept.Contains(Path.GetFileName(directory))).Select(Abandon).ToList();
        return Task.Run(() => removed.ForEach(PodDirectories.Remove));
    }

    /// <summary>
    /// Whether somebody with these credentials may use an image that is here: somebody has pulled it with one of them, or
    /// without any. Of what was here before the node, nothing is known, and it is everybody's.
    /// </summary>
    public bool IsAccessible(LocalImage image, IEnumerable<RegistryCredentials> credentials) =>
        !_pulledWith.TryGetValue(image.RootDirectory, out var accepted)
        || accepted.ContainsKey(Nobody)
        || credentials.Any(accepted.ContainsKey);

    /// <summary>Pulls an image; several that want the same one at the same time share one pull.</summary>
    public async Task<LocalImage> PullAsync(
        string name, ImageReference reference, Uri registry, IReadOnlyList<RegistryCredentials> credentials, CancellationToken cancellationToken)
    {
        // Not shared between users of different credentials, who may not all be let in.
        var key = string.Join('|', credentials.Select(c => $"{c.User}:{c.Password}").Prepend(reference.FullName));
        var pull = _pulls.GetOrAdd(key, _ => new Lazy<Task<LocalImage>>(() => DownloadAsync(name, reference, registry, credentials)));
        try
        {
            return await pull.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (pull.Value.IsCompleted)
            {
                _pulls.TryRemove(new(key, pull));
            }
        }
    }

    /// <summary>Takes its name from a directory: one that is half removed must not be taken for the image.</summary>
    private string Abandon(string directory)
    {
        var abandoned = Path.Combine(_directory, "~" + Guid.NewGuid().ToString("N"));
        Directory.Move(directory, abandoned);
        return abandoned;
    }

    private async Task<LocalImage> DownloadAsync(string name, ImageReference reference, Uri registry, IReadOnlyList<RegistryCredentials> credentials)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var client = new RegistryClient(name, reference, registry, credentials);
        try
        {
            var image = await DownloadAsync(name, reference, client, timeout.Token).ConfigureAwait(false);
            _images[reference.FullName] = image;
            _pulledWith.GetOrAdd(image.RootDirectory, _ => new())[client.Accepted ?? Nobody] = true;
            Save();
            return image;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or HttpRequestException or JsonException)
        {
            throw ImagePullException.Unpack(name, e.Message, e);
        }
        catch (OperationCanceledException e)
        {
            throw ImagePullException.Unpack(name, "context deadline exceeded", e);
        }
    }

    private async Task<LocalImage> DownloadAsync(string name, ImageReference reference, RegistryClient client, CancellationToken cancellationToken)
    {
        var resolved = await client.GetManifestAsync(reference.Target, cancellationToken).ConfigureAwait(false);
        var document = ImageManifest.ParseDocument(resolved.Content);
        if (ImageManifest.SelectFromIndex(document) is { } selected)
        {
            var platform = await client.GetManifestAsync(selected.ToString(), cancellationToken).ConfigureAwait(false);
            document = ImageManifest.ParseDocument(platform.Content);
        }

        var manifest = ImageManifest.Parse(document);
        var root = Path.Combine(_directory, manifest.Config.Hex);
        var work = Directory.CreateDirectory(Path.Combine(_directory, "~" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var blob = Path.Combine(work, "blob");
            await client.DownloadAsync(manifest.Config, blob, cancellationToken).ConfigureAwait(false);
            var config = ImageConfig.Parse(await File.ReadAllBytesAsync(blob, cancellationToken).ConfigureAwait(false));

            if (!Directory.Exists(root))
            {
                await UnpackAsync(name, manifest, client, work, cancellationToken).ConfigureAwait(false);
                Publish(Path.Combine(work, "root"), root);
            }

            return new LocalImage(
                manifest.Config.ToString(), resolved.Digest.ToString(), $"{reference.Registry}/{reference.Repository}@{resolved.Digest}", root, config, manifest.Size);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task UnpackAsync(
        string name, ImageManifest manifest, RegistryClient client, string work, CancellationToken cancellationToken)
    {
        var root = Directory.CreateDirectory(Path.Combine(work, "root")).FullName;
        var blob = Path.Combine(work, "blob");
        foreach (var layer in manifest.Layers)
        {
            await client.DownloadAsync(layer, blob, cancellationToken).ConfigureAwait(false);
            var content = File.OpenRead(blob);
            await using (content.ConfigureAwait(false))
            {
                try
                {
                    await LayerUnpacker.UnpackAsync(content, root, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
                {
                    throw ImagePullException.Unpack(name, $"failed to extract layer {layer}: {e.Message}", e);
                }
            }
        }
    }

    /// <summary>Another pull of the same content may have come first, with the same result.</summary>
    private static void Publish(string unpacked, string root)
    {
        try
        {
            Directory.Move(unpacked, root);
        }
        catch (IOException) when (Directory.Exists(root))
        {
        }
    }

    private Dictionary<string, LocalImage> Load() =>
        File.Exists(_index) ? JsonSerializer.Deserialize<Dictionary<string, LocalImage>>(File.ReadAllText(_index)) ?? [] : [];

    private void Save()
    {
        lock (_saving)
        {
            File.WriteAllText(_index + "~", JsonSerializer.Serialize(_images));
            File.Move(_index + "~", _index, overwrite: true);
        }
    }
}
