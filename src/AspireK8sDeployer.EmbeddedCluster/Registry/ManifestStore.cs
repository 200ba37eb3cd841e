using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>Manifests of every repository, by digest and by tag. The bytes are blobs; here are their media types and names.</summary>
internal sealed class ManifestStore(string directory, BlobStore blobs)
{
    private readonly string _repositories = Directory.CreateDirectory(Path.Combine(directory, "repositories")).FullName;

    /// <summary>Stores a manifest under its digest and, unless the reference is that digest, under the tag.</summary>
    public async Task<ContentDigest> PutAsync(
        string repository, string reference, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        var digest = await blobs.PutAsync(content, cancellationToken).ConfigureAwait(false);
        WriteAtomically(DigestPath(repository, digest), mediaType);

        if (reference != digest.ToString())
        {
            WriteAtomically(TagPath(repository, reference), digest.ToString());
        }

        return digest;
    }

    public StoredManifest? Find(string repository, string reference)
    {
        if (!ContentDigest.TryParse(reference, out var digest)
            && !(ReadOrNull(TagPath(repository, reference)) is { } tagged && ContentDigest.TryParse(tagged, out digest)))
        {
            return null;
        }

        return ReadOrNull(DigestPath(repository, digest)) is { } mediaType && blobs.Contains(digest)
            ? new StoredManifest(digest, mediaType, File.ReadAllBytes(blobs.PathOf(digest)))
            : null;
    }

    /// <summary>Removes a tag, or a manifest with every tag that names it; false when there is none.</summary>
    public bool Delete(string repository, string reference)
    {
        if (!ContentDigest.TryParse(reference, out var digest))
        {
            var tag = TagPath(repository, reference);
            var exists = File.Exists(tag);
            File.Delete(tag);
            return exists;
        }

        var path = DigestPath(repository, digest);
        var found = File.Exists(path);
        File.Delete(path);
        foreach (var tag in Tags(repository).Where(tag => ReadOrNull(TagPath(repository, tag)) == reference))
        {
            File.Delete(TagPath(repository, tag));
        }

        return found;
    }

    public bool HasRepository(string repository) => Directory.Exists(Path.Combine(_repositories, repository, "_manifests"));

    public IReadOnlyList<string> Tags(string repository) =>
        Directory.Exists(TagDirectory(repository))
            ? [.. Directory.EnumerateFiles(TagDirectory(repository)).Select(path => Path.GetFileName(path)).Where(name => name[0] != '~').Order(StringComparer.Ordinal)]
            : [];

    public IReadOnlyList<string> Repositories() =>
        [.. Directory.EnumerateDirectories(_repositories, "_manifests", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_repositories, Path.GetDirectoryName(path)!))
            .Order(StringComparer.Ordinal)];

    private string DigestPath(string repository, ContentDigest digest) =>
        Path.Combine(_repositories, repository, "_manifests", "sha256", digest.Hex);

    private string TagDirectory(string repository) => Path.Combine(_repositories, repository, "_manifests", "tags");

    private string TagPath(string repository, string tag) => Path.Combine(TagDirectory(repository), tag);

    private static string? ReadOrNull(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static void WriteAtomically(string path, string content)
    {
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var temporary = Path.Combine(directory, "~" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(temporary, content, Encoding.ASCII);
        File.Move(temporary, path, overwrite: true);
    }
}
