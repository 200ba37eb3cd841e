using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The URLs to show for a resource: its HTTP endpoints, changed and added to by its callbacks.</summary>
internal static class ResourceUrls
{
    public static async Task<List<ResourceUrlAnnotation>> OfAsync(
        IResourceWithEndpoints resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var urls = resource.GetEndpoints()
            .Where(e => e.IsHttp || e.IsHttps)
            .Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e })
            .Concat(resource.Annotations.OfType<ResourceUrlAnnotation>())
            .ToList();

        var callbackContext = new ResourceUrlsCallbackContext(context, resource, urls, cancellationToken);
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(callbackContext);
        }

        // A URL without a host is a path below the endpoint it belongs to.
        foreach (var url in urls.Where(u => u.Endpoint is not null && u.Url.StartsWith('/')))
        {
            url.Url = new Uri(new Uri(url.Endpoint!.Url), url.Url).ToString();
        }

        return urls;
    }
}
