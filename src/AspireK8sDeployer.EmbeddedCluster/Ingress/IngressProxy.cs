using System.Diagnostics;
using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Yarp.ReverseProxy.Forwarder;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Answers the requests that come to the ingress address.</summary>
internal sealed class IngressProxy(IngressState state, IHttpForwarder forwarder) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),

        // A pod's address may become another pod's.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    });

    /// <summary>The port that redirects lead to.</summary>
    public int HttpsPort { get; set; } = 443;

    public void Dispose() => _client.Dispose();

    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value is { Length: > 0 } given ? given : "/";
        if (state.Routes.Find(http.Request.Host.Host, path) is not { } route)
        {
            return AnswerAsync(http, StatusCodes.Status404NotFound, $"404: no Ingress has a route for {http.Request.Host.Host}{path}");
        }

        return route.RedirectsToHttps && !http.Request.IsHttps ? Redirect(http) : ForwardAsync(http, route);
    }

    private Task Redirect(HttpContext http)
    {
        var request = http.Request;
        var host = HttpsPort == 443 ? new HostString(request.Host.Host) : new HostString(request.Host.Host, HttpsPort);
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = UriHelper.BuildAbsolute("https", host, default, request.Path, request.QueryString);
        return Task.CompletedTask;
    }

    private async Task ForwardAsync(HttpContext http, Route route)
    {
        var client = http.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var endpoints = route.Backend is { } backend ? state.Backends.Find(backend)?.For(client) : null;
        var transformer = new ForwardingTransformer(route);
        var settings = new ForwarderRequestConfig { ActivityTimeout = route.Timeout };
        var error = ForwarderError.NoAvailableDestinations;
        foreach (var endpoint in endpoints ?? [])
        {
            http.Response.StatusCode = StatusCodes.Status200OK; // the forwarder insists on an answer that nobody has begun
            error = await forwarder.SendAsync(http, $"http://{endpoint}", _client, settings, transformer).ConfigureAwait(false);
            if (!IsRefused(http, error))
            {
                break;
            }
        }

        if (error != ForwarderError.None && !http.Response.HasStarted)
        {
            await ExplainAsync(http, route, error).ConfigureAwait(false);
        }
    }

    /// <summary>A pod may have gone before its endpoint is taken away; it has seen nothing of the request, so another one may have it.</summary>
    private static bool IsRefused(HttpContext http, ForwarderError error) =>
        error == ForwarderError.Request
        && !http.Response.HasStarted
        && http.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    private static Task ExplainAsync(HttpContext http, Route route, ForwarderError error) => error switch
    {
        ForwarderError.NoAvailableDestinations when route.Backend is null =>
            AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "503: the route has no Service as its backend"),
        ForwarderError.NoAvailableDestinations =>
            AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, $"503: Service {route.Backend} has no ready endpoints"),
        _ when http.Response.StatusCode == StatusCodes.Status504GatewayTimeout =>
            AnswerAsync(http, StatusCodes.Status504GatewayTimeout, $"504: Service {route.Backend} did not answer in time"),
        _ when http.Response.StatusCode == StatusCodes.Status502BadGateway =>
            AnswerAsync(http, StatusCodes.Status502BadGateway, $"502: Service {route.Backend} could not be asked: {http.GetForwarderErrorFeature()?.Exception?.Message}"),
        _ => Task.CompletedTask, // the client's own doing; the forwarder has said so
    };

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }
}
