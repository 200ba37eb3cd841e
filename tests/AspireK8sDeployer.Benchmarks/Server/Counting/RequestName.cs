using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Benchmarks.Server.Counting;

/// <summary>What a request asks of the API.</summary>
/// <param name="Verb">The API's verb; "apply" for a server-side apply, with "(dry run)" where nothing is kept.</param>
/// <param name="Resource">The resource, with its subresource; "discovery" for what describes the API.</param>
/// <param name="Namespace">The namespace, if there is one.</param>
/// <param name="Name">The object, if there is one.</param>
/// <param name="IsWrite">Whether it may change what the cluster holds.</param>
internal sealed record RequestName(string Verb, string Resource, string Namespace, string Name, bool IsWrite)
{
    public static RequestName Of(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Trim('/').Split('/');
        var rest = parts switch
        {
            ["api", _, .. var core] => core,
            ["apis", _, _, .. var group] => group,
            _ => [],
        };
        var @namespace = rest is ["namespaces", var named, _, ..] ? named : "";
        var (resource, name, subresource) = (@namespace.Length > 0 ? rest[2..] : rest) switch
        {
            [] => ("discovery", "", ""),
            [var kind] => (kind, "", ""),
            [var kind, var one] => (kind, one, ""),
            [var kind, var one, var sub, ..] => (kind, one, "/" + sub),
        };
        var isDryRun = request.Query.ContainsKey("dryRun");
        var verb = VerbOf(request, name) + (isDryRun ? " (dry run)" : "");
        var isQuestion = parts is ["apis", "authorization.k8s.io" or "authentication.k8s.io", ..];
        return new RequestName(verb, resource + subresource, @namespace, name, !HttpMethods.IsGet(request.Method) && !isDryRun && !isQuestion);
    }

    private static string VerbOf(HttpRequest request, string name) => request.Method switch
    {
        "GET" when request.Query["watch"].ToString() is "true" or "1" => "watch",
        "GET" => name.Length > 0 ? "get" : "list",
        "PATCH" => request.ContentType?.Contains("apply-patch", StringComparison.Ordinal) == true ? "apply" : "patch",
        "POST" => "create",
        "PUT" => "update",
        "DELETE" => "delete",
        var other => other,
    };
}
