using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Selectors;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>What a request is about, read from its method and path alone.</summary>
internal sealed record RequestInfo(string Verb, string Path)
{
    /// <summary>False for <c>/version</c>, discovery and the like.</summary>
    public bool IsResource { get; init; }

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    /// <summary>The namespace in the path; empty when there is none.</summary>
    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The name as far as rights go: that of the path, or the only one that a list or watch selects.</summary>
    public string AllowedName { get; init; } = "";

    public string Subresource { get; init; } = "";

    /// <summary>Segments after the subresource: the path of a proxy request.</summary>
    public bool HasRest { get; init; }

    public static RequestInfo Parse(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var method = request.Method.ToUpperInvariant();
        var plain = new RequestInfo(method == "GET" || method == "HEAD" ? "get" : method.ToLowerInvariant(), path);
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0] is not ("api" or "apis") || (parts[0] == "apis" && parts.Length < 4))
        {
            return plain;
        }

        var legacy = parts[0] == "api";
        var rest = parts.AsSpan(legacy ? 2 : 3);
        var info = plain with
        {
            IsResource = true,
            Group = legacy ? "" : parts[1],
            Version = legacy ? parts[1] : parts[2],
            Verb = method switch
            {
                "POST" => "create",
                "PUT" => "update",
                "PATCH" => "patch",
                "DELETE" => "delete",
                "GET" or "HEAD" => "get",
                _ => "",
            },
        };

        if (rest[0] == "namespaces" && rest.Length > 1)
        {
            info = info with { Namespace = rest[1] };

            // /namespaces/x/status is the namespace's own; anything else after the name is in the namespace.
            if (rest.Length > 2 && rest[2] is not ("status" or "finalize"))
            {
                rest = rest[2..];
            }
        }

        info = info with
        {
            Resource = rest[0],
            Name = rest.Length > 1 ? rest[1] : "",
            Subresource = rest.Length > 2 ? rest[2] : "",
            HasRest = rest.Length > 3,
        };
        return info.Name.Length > 0
            ? info with { AllowedName = info.Name }
            : info with
            {
                Verb = info.CollectionVerb(request),
                AllowedName = info.Verb == "get" ? FieldSelector.NameIn(QueryText.Text(request.Query["fieldSelector"])) ?? "" : "",
            };
    }

    public AccessQuestion ToQuestion() => IsResource
        ? new AccessQuestion(Verb)
        {
            Group = Group,
            Version = Version,
            Resource = Resource,
            Subresource = Subresource,
            Namespace = Namespace,
            Name = AllowedName,
        }
        : new AccessQuestion(Verb) { Path = Path };

    private string CollectionVerb(HttpRequest request) => Verb switch
    {
        "get" => QueryText.IsTrue(request.Query["watch"]) ? "watch" : "list",
        "delete" => "deletecollection",
        _ => Verb,
    };
}
