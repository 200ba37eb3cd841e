using System.Net;
using System.Text;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>An answer that stays open: lines come when the test says so, or never.</summary>
internal sealed class HangingContent(Action? closed = null) : HttpContent
{
    private readonly System.IO.Pipelines.Pipe _pipe = new();

    public async Task WriteAsync(string line) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public static HttpResponseMessage Answer(HangingContent content) => new(HttpStatusCode.OK) { Content = content };

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(_pipe.Reader.AsStream());

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        closed?.Invoke();
        closed = null;
        base.Dispose(disposing);
    }
}
