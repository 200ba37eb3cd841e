using System.Collections.Concurrent;
using System.Net;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// What we made a moment ago and the server's caches may not know yet: a namespace, which its admission looks for, and the
/// bindings that give rights. Refusals because of them are worth asking again.
/// </summary>
internal sealed class FreshObjects(TimeProvider time)
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> _namespaces = new();
    private readonly ConcurrentDictionary<string, long> _bindings = new();

    /// <summary>Remembers what a call has made, or found to be made by somebody else this very moment.</summary>
    public void Made(ApiRequest request)
    {
        if (request.IsDryRun)
        {
            return;
        }

        if (request is { Path: "api/v1/namespaces", Body: { } body } && request.Method == HttpMethod.Post)
        {
            _namespaces[(string?)body["metadata"]?["name"] ?? ""] = time.GetTimestamp();
        }
        else if (request.IsWrite && request.Method != HttpMethod.Delete && request.Path.Contains("rolebindings", StringComparison.Ordinal))
        {
            // Those of the cluster count everywhere: they have no namespace.
            _bindings[request.Namespace ?? ""] = time.GetTimestamp();
        }
    }

    public bool MayExplain(ApiFailure failure, ApiRequest request) => request is { IsWrite: true, Namespace: { } @namespace } && failure.Code switch
    {
        HttpStatusCode.NotFound => IsYoung(_namespaces, @namespace) && failure.Message.Contains($"namespaces \"{@namespace}\" not found", StringComparison.Ordinal),
        HttpStatusCode.Forbidden => !failure.IsNamespaceTerminating
            && failure.Message.Contains(" cannot ", StringComparison.Ordinal)
            && (IsYoung(_bindings, @namespace) || IsYoung(_bindings, "")),
        _ => false,
    };

    private bool IsYoung(ConcurrentDictionary<string, long> made, string name) => made.TryGetValue(name, out var when) && time.GetElapsedTime(when) < Young;
}
