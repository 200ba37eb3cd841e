using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A bad day: every second call goes wrong, each time in another way.</summary>
internal sealed class FaultyTransport(IClusterTransport inner) : IClusterTransport
{
    private int _calls;
    private int _faults;

    public Uri Server => inner.Server;

    public int Faults => _faults;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) % 2 == 1)
        {
            return await inner.SendAsync(request, cancellationToken);
        }

        switch (Interlocked.Increment(ref _faults) % 5)
        {
            case 0:
                return FakeTransport.Status(HttpStatusCode.TooManyRequests, "TooManyRequests", "too many requests");
            case 1:
                return FakeTransport.Status(HttpStatusCode.InternalServerError, "InternalError", "etcdserver: leader changed");
            case 2:
                throw new HttpRequestException("reset before it was sent", new IOException());
            case 3:
                using (await inner.SendAsync(request, cancellationToken))
                {
                    throw new HttpRequestException("done, but the answer is lost", new IOException());
                }

            default:
                using (await inner.SendAsync(request, cancellationToken))
                {
                    return FakeTransport.Json(HttpStatusCode.OK, """{"kind":"Cut off""");
                }
        }
    }

    public void Dispose() => inner.Dispose();
}
