using System.Net;
using System.Text;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>Answers from a script, and keeps what was asked.</summary>
internal sealed class FakeTransport(Func<HttpRequestMessage, int, HttpResponseMessage> answer) : IClusterTransport
{
    private readonly List<string> _requests = [];

    public Uri Server { get; } = new("https://cluster.example:6443/");

    /// <summary>For example <c>GET api/v1/namespaces/demo</c>, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static HttpResponseMessage Json(HttpStatusCode code, string body) => new(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Status(HttpStatusCode code, string reason, string message) =>
        Json(code, $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{(int)code}}}""");

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number;
        lock (_requests)
        {
            _requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery.TrimStart('/')}");
            number = _requests.Count;
        }

        return Task.FromResult(answer(request, number));
    }

    public void Dispose()
    {
    }
}
