using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>Blobs: <c>HEAD</c>, <c>GET</c>, and uploads in one piece, in chunks, or by mounting one that is already here.</summary>
internal sealed class BlobEndpoints(BlobStore blobs)
{
    public Task ReadAsync(HttpContext context, RepositoryPath path)
    {
        if (!ContentDigest.TryParse(path.Reference, out var digest))
        {
            return RegistryError.DigestInvalid.WriteAsync(context);
        }

        if (!blobs.Contains(digest))
        {
            return RegistryError.BlobUnknown.WriteAsync(context);
        }

        var response = context.Response;
        response.Headers["Docker-Content-Digest"] = digest.ToString();
        return Results.File(blobs.PathOf(digest), "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context);
    }

    public async Task StartAsync(HttpContext context, RepositoryPath path)
    {
        // Content is shared by all repositories, so that a mount costs nothing.
        if (ContentDigest.TryParse(context.Request.Query["mount"], out var mounted) && blobs.Contains(mounted))
        {
            Created(context, path, mounted);
            return;
        }

        var upload = blobs.StartUpload();
        if (ContentDigest.TryParse(context.Request.Query["digest"], out _))
        {
            await CompleteAsync(context, path with { Reference = upload }).ConfigureAwait(false);
            return;
        }

        Accepted(context, path.Repository, upload, length: 0);
    }

    public async Task AppendAsync(HttpContext context, RepositoryPath path)
    {
        if (blobs.UploadLength(path.Reference) is not { } length)
        {
            await RegistryError.UploadUnknown.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (!Follows(context.Request.Headers.ContentRange, length))
        {
            await RegistryError.RangeInvalid.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        length = await blobs.AppendAsync(path.Reference, context.Request.Body, context.RequestAborted).ConfigureAwait(false);
        Accepted(context, path.Repository, path.Reference, length);
    }

    public async Task CompleteAsync(HttpContext context, RepositoryPath path)
    {
        if (blobs.UploadLength(path.Reference) is null)
        {
            await RegistryError.UploadUnknown.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (!ContentDigest.TryParse(context.Request.Query["digest"], out var digest))
        {
            await RegistryError.DigestInvalid.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        await blobs.AppendAsync(path.Reference, context.Request.Body, context.RequestAborted).ConfigureAwait(false);
        if (!await blobs.CompleteAsync(path.Reference, digest, context.RequestAborted).ConfigureAwait(false))
        {
            await RegistryError.DigestInvalid.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        Created(context, path, digest);
    }

    /// <summary>How far an upload has come, for clients that resume.</summary>
    public Task StatusAsync(HttpContext context, RepositoryPath path)
    {
        if (blobs.UploadLength(path.Reference) is not { } length)
        {
            return RegistryError.UploadUnknown.WriteAsync(context);
        }

        Accepted(context, path.Repository, path.Reference, length);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public Task AbandonAsync(HttpContext context, RepositoryPath path)
    {
        if (blobs.UploadLength(path.Reference) is null)
        {
            return RegistryError.UploadUnknown.WriteAsync(context);
        }

        blobs.Abandon(path.Reference);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>The header is <c>first-last</c>, without the unit that HTTP's own form has.</summary>
    private static bool Follows(string? contentRange, long length) =>
        string.IsNullOrEmpty(contentRange)
        || (long.TryParse(contentRange.Replace("bytes ", "", StringComparison.OrdinalIgnoreCase).Split('-')[0], out var first) && first == length);

    private static void Accepted(HttpContext context, string repository, string upload, long length)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = $"/v2/{repository}/blobs/uploads/{upload}";
        response.Headers.Range = $"0-{Math.Max(0, length - 1)}";
        response.Headers["Docker-Upload-UUID"] = upload;
    }

    private static void Created(HttpContext context, RepositoryPath path, ContentDigest digest)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = $"/v2/{path.Repository}/blobs/{digest}";
        response.Headers["Docker-Content-Digest"] = digest.ToString();
    }
}
