using System.Net;
using System.Net.Http.Headers;

namespace AspireK8sDeployer.Client.Tests;

/// <summary>A pipeline that always answers the same, and keeps what it was asked.</summary>
internal sealed class FixedAnswer(HttpStatusCode status, string body, string mediaType = "application/json") : HttpMessageHandler
{
    public List<(string Method, string Uri, string? ContentType, string Body)> Requests { get; } = [];

    public PipelineClient Client(string baseAddress = "http://pipeline:8000") =>
        new(new HttpClient(this) { BaseAddress = new Uri(baseAddress) });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!.ToString(), request.Content?.Headers.ContentType?.ToString(), sent));
        return new HttpResponseMessage(status)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue(mediaType)),
            RequestMessage = request,
        };
    }
}
