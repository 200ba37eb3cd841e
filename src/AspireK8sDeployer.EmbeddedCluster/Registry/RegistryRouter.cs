using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>Sends a request to what its path names, after the credentials have been checked.</summary>
internal sealed class RegistryRouter(RegistryCredentials credentials, BlobEndpoints blobs, ManifestEndpoints manifests)
{
    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";

        if (!request.Path.StartsWithSegments("/v2", StringComparison.Ordinal, out var rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!credentials.Accepts(request.Headers.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"embedded cluster\"";
            return RegistryError.Unauthorized.WriteAsync(context);
        }

        return rest.Value?.TrimStart('/') switch
        {
            null or "" => Task.CompletedTask,
            "_catalog" => manifests.ListRepositoriesAsync(context),
            { } path when RepositoryPath.Parse(path) is { } named => RouteAsync(context, named),
            _ => RegistryError.NameInvalid.WriteAsync(context),
        };
    }

    private Task RouteAsync(HttpContext context, RepositoryPath path) => (path.Kind, context.Request.Method) switch
    {
        ("manifests", "GET" or "HEAD") => manifests.ReadAsync(context, path),
        ("manifests", "PUT") => manifests.WriteAsync(context, path),
        ("manifests", "DELETE") => manifests.DeleteAsync(context, path),
        ("tags", "GET") => manifests.ListTagsAsync(context, path),
        ("blobs", "GET" or "HEAD") => blobs.ReadAsync(context, path),
        ("uploads", "POST") => blobs.StartAsync(context, path),
        ("uploads", "PATCH") => blobs.AppendAsync(context, path),
        ("uploads", "PUT") => blobs.CompleteAsync(context, path),
        ("uploads", "GET") => blobs.StatusAsync(context, path),
        ("uploads", "DELETE") => blobs.AbandonAsync(context, path),
        _ => RegistryError.Unsupported.WriteAsync(context),
    };
}
