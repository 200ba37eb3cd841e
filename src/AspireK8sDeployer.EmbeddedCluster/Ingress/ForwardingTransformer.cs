using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>
/// Makes of a client's request the backend's: the same host, the path as the route wants it, and who asked for what. What a
/// client says about that itself is not believed.
/// </summary>
internal sealed class ForwardingTransformer(Route route) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);

        var request = httpContext.Request;
        proxyRequest.RequestUri = Destination(httpContext, destinationPrefix);

        var client = httpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        Set("X-Real-IP", client);
        Set("X-Forwarded-For", client);
        Set("X-Forwarded-Host", request.Host.Value ?? "");
        Set("X-Forwarded-Port", httpContext.Connection.LocalPort.ToString(CultureInfo.InvariantCulture));
        Set("X-Forwarded-Proto", request.Scheme);
        Set("X-Forwarded-Scheme", request.Scheme);

        void Set(string name, string value)
        {
            proxyRequest.Headers.Remove(name);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>The address as the client wrote it, unless the path is another: decoding and encoding again would lose what <c>%2F</c> is for.</summary>
    private Uri Destination(HttpContext http, string prefix)
    {
        var path = http.Request.Path.Value is { Length: > 0 } given ? given : "/";
        var rewritten = route.Path.Rewrite(path);
        var written = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return rewritten == path && written.StartsWith('/')
            ? new Uri(prefix + written)
            : RequestUtilities.MakeDestinationAddress(prefix, rewritten, http.Request.QueryString);
    }
}
