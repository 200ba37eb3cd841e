namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>Blobs by their digest. A file appears under its digest only when it is complete and its content matches.</summary>
internal sealed class BlobStore
{
    private readonly string _blobs;
    private readonly string _uploads;

    public BlobStore(string directory)
    {
        _blobs = Directory.CreateDirectory(Path.Combine(directory, "blobs", "sha256")).FullName;
        _uploads = Path.Combine(directory, "uploads");

        // Uploads do not outlive the process: their clients have lost the connection.
        if (Directory.Exists(_uploads))
        {
            Directory.Delete(_uploads, recursive: true);
        }

        Directory.CreateDirectory(_uploads);
    }

    public string PathOf(ContentDigest digest) => Path.Combine(_blobs, digest.Hex);

    public bool Contains(ContentDigest digest) => File.Exists(PathOf(digest));

    /// <summary>Starts an upload and returns its name.</summary>
    public string StartUpload()
    {
        var id = Guid.NewGuid().ToString("N");
        File.Create(UploadPath(id)).Dispose();
        return id;
    }

    /// <summary>How much of an upload has arrived; null when there is no such upload.</summary>
    public long? UploadLength(string id) => Guid.TryParseExact(id, "N", out _) && new FileInfo(UploadPath(id)) is { Exists: true } file ? file.Length : null;

    public async Task<long> AppendAsync(string id, Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(UploadPath(id), FileMode.Append, FileAccess.Write, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return file.Length;
        }
    }

    /// <summary>Ends an upload; false, and the upload is dropped, when the content is not what the digest says.</summary>
    public async Task<bool> CompleteAsync(string id, ContentDigest expected, CancellationToken cancellationToken)
    {
        ContentDigest actual;
        var file = File.OpenRead(UploadPath(id));
        await using (file.ConfigureAwait(false))
        {
            actual = await ContentDigest.OfAsync(file, cancellationToken).ConfigureAwait(false);
        }

        if (actual != expected)
        {
            Abandon(id);
            return false;
        }

        File.Move(UploadPath(id), PathOf(expected), overwrite: true);
        return true;
    }

    public void Abandon(string id) => File.Delete(UploadPath(id));

    public async Task<ContentDigest> PutAsync(byte[] content, CancellationToken cancellationToken)
    {
        var digest = ContentDigest.Of(content);
        if (!Contains(digest))
        {
            var id = StartUpload();
            await File.WriteAllBytesAsync(UploadPath(id), content, cancellationToken).ConfigureAwait(false);
            File.Move(UploadPath(id), PathOf(digest), overwrite: true);
        }

        return digest;
    }

    private string UploadPath(string id) => Path.Combine(_uploads, id);
}
