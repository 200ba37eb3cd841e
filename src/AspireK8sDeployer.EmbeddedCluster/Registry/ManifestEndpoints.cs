using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>Manifests and image indexes by tag and by digest, and the list of tags.</summary>
internal sealed class ManifestEndpoints(ManifestStore manifests, BlobStore blobs)
{
    private const int MaximumSize = 4 * 1024 * 1024;

    public async Task ReadAsync(HttpContext context, RepositoryPath path)
    {
        if (manifests.Find(path.Repository, path.Reference) is not { } manifest)
        {
            await (manifests.HasRepository(path.Repository) ? RegistryError.ManifestUnknown : RegistryError.NameUnknown)
                .WriteAsync(context).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = manifest.MediaType;
        context.Response.ContentLength = manifest.Content.Length;
        context.Response.Headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        context.Response.Headers.ETag = $"\"{manifest.Digest}\"";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(manifest.Content, context.RequestAborted).ConfigureAwait(false);
        }
    }

    public async Task WriteAsync(HttpContext context, RepositoryPath path)
    {
        var content = await ReadBodyAsync(context).ConfigureAwait(false);
        var problem = content is null ? RegistryError.ManifestInvalid("manifest is too large") : Check(content, path);
        if (problem is not null)
        {
            await problem.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        var mediaType = context.Request.ContentType ?? "application/vnd.oci.image.manifest.v1+json";
        var digest = await manifests.PutAsync(path.Repository, path.Reference, mediaType, content!, context.RequestAborted).ConfigureAwait(false);

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v2/{path.Repository}/manifests/{digest}";
        context.Response.Headers["Docker-Content-Digest"] = digest.ToString();
    }

    public Task DeleteAsync(HttpContext context, RepositoryPath path)
    {
        if (!manifests.Delete(path.Repository, path.Reference))
        {
            return RegistryError.ManifestUnknown.WriteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    public Task ListTagsAsync(HttpContext context, RepositoryPath path)
    {
        if (!manifests.HasRepository(path.Repository))
        {
            return RegistryError.NameUnknown.WriteAsync(context);
        }

        var query = context.Request.Query;
        IEnumerable<string> tags = manifests.Tags(path.Repository);
        if (query["last"].ToString() is { Length: > 0 } last)
        {
            tags = tags.Where(tag => string.CompareOrdinal(tag, last) > 0);
        }

        if (int.TryParse(query["n"], out var count) && count >= 0)
        {
            tags = tags.Take(count);
        }

        return WriteJsonAsync(context, new JsonObject { ["name"] = path.Repository, ["tags"] = ToArray(tags) });
    }

    public Task ListRepositoriesAsync(HttpContext context) =>
        WriteJsonAsync(context, new JsonObject { ["repositories"] = ToArray(manifests.Repositories()) });

    /// <summary>What is wrong with a manifest: not JSON, not what its digest says, or naming content that is not here.</summary>
    private RegistryError? Check(byte[] content, RepositoryPath path)
    {
        if (ContentDigest.TryParse(path.Reference, out var expected) && ContentDigest.Of(content) != expected)
        {
            return RegistryError.DigestInvalid;
        }

        JsonNode? manifest;
        try
        {
            manifest = JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            return RegistryError.ManifestInvalid("manifest is not JSON");
        }

        if (manifest is not JsonObject document)
        {
            return RegistryError.ManifestInvalid("manifest is not an object");
        }

        IEnumerable<JsonNode?> referenced = [document["config"], .. Items(document["layers"]), .. Items(document["manifests"])];
        var missing = referenced
            .Select(item => (item as JsonObject)?["digest"]?.ToString())
            .FirstOrDefault(digest => digest is not null && !(ContentDigest.TryParse(digest, out var parsed) && blobs.Contains(parsed)));
        return missing is null ? null : RegistryError.ManifestBlobUnknown(missing);
    }

    private static JsonArray Items(JsonNode? node) => node as JsonArray ?? [];

    private static JsonArray ToArray(IEnumerable<string> items) => new([.. items.Select(item => JsonValue.Create(item))]);

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaximumSize)
            {
                return null;
            }
        }

        return buffer.ToArray();
    }

    private static Task WriteJsonAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
