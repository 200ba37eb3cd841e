using System.Net;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Keeps which rights the requests took, as the API server's authorizer sees them.</summary>
internal sealed class UsedRights(IClusterTransport inner) : IClusterTransport
{
    private readonly HashSet<(Permission Permission, string? Namespace)> _used = [];

    public Uri Server => inner.Server;

    public IReadOnlyList<(Permission Permission, string? Namespace)> Used
    {
        get
        {
            lock (_used)
            {
                return [.. _used];
            }
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (method, uri) = (request.Method, request.RequestUri!);
        lock (_used)
        {
            // Before it is answered: a watch may be ended while it waits for that.
            Take(method, uri, "");
        }

        var response = await inner.SendAsync(request, cancellationToken);
        lock (_used)
        {
            if (method == HttpMethod.Patch && response.StatusCode == HttpStatusCode.Created)
            {
                Take(method, uri, "create");
            }
        }

        return response;
    }

    public void Dispose() => inner.Dispose();

    private void Take(HttpMethod method, Uri uri, string otherVerb)
    {
        var parts = uri.AbsolutePath.Trim('/').Split('/');
        var (group, rest) = parts[0] == "api" ? ("", parts[2..]) : (parts[1], parts[3..]);
        string? space = null;
        if (rest is ["namespaces", var name, ..])
        {
            // A namespace is its own.
            space = name;
            rest = rest.Length > 2 ? rest[2..] : rest;
        }

        var verb = otherVerb.Length > 0 ? otherVerb : Verb(method, uri, isNamed: rest.Length > 1);
        var named = rest.Length > 1 ? rest[1] : null;
        _used.Add((new Permission(group, rest[0], verb, rest.ElementAtOrDefault(2), named), space));
    }

    private static string Verb(HttpMethod method, Uri uri, bool isNamed) => method.Method switch
    {
        "GET" when uri.Query.Contains("watch=true", StringComparison.Ordinal) => "watch",
        "GET" => isNamed ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        _ => "delete",
    };
}
