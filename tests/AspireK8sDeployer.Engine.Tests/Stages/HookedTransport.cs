using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Lets a test do something just before a request goes out: change the cluster, or fail.</summary>
internal sealed class HookedTransport(IClusterTransport inner, Func<string, Task> before) : IClusterTransport
{
    public Uri Server => inner.Server;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await before($"{request.Method} {request.RequestUri!.AbsolutePath}");
        return await inner.SendAsync(request, cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}
