using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AspireK8sDeployer.EmbeddedCluster.Faults;

/// <summary>Leads what a handler answers through another stream. Flushing the stream or its writer is the same, as with the server's own.</summary>
internal sealed class FaultyBody : IHttpResponseBodyFeature, IDisposable
{
    private readonly HttpContext _http;
    private readonly IHttpResponseBodyFeature _original;
    private readonly bool _headers;

    private FaultyBody(HttpContext http, Stream stream, bool headers)
    {
        _http = http;
        _original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _headers = headers;
        Writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Stream = Writer.AsStream(leaveOpen: true);
    }

    public Stream Stream { get; }

    public PipeWriter Writer { get; }

    /// <summary>Until disposed, the answer goes to the stream.</summary>
    /// <param name="http">The call.</param>
    /// <param name="stream">Where the body goes.</param>
    /// <param name="headers">Whether the client gets status and headers.</param>
    public static FaultyBody Install(HttpContext http, Stream stream, bool headers = true)
    {
        var body = new FaultyBody(http, stream, headers);
        http.Features.Set<IHttpResponseBodyFeature>(body);
        return body;
    }

    public void DisableBuffering() => _original.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => _headers ? _original.StartAsync(cancellationToken) : Task.CompletedTask;

    public async Task CompleteAsync() => await Writer.FlushAsync().ConfigureAwait(false);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public void Dispose() => _http.Features.Set(_original);
}
