using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Names calls so that those of two runs can be compared: without what is new in each run.</summary>
internal static partial class CallName
{
    public static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);

    public static string Of(HttpRequestMessage request, string @namespace)
    {
        var path = Masked(request.RequestUri!.AbsolutePath.TrimStart('/'), @namespace);
        var query = request.RequestUri.Query;
        var mode = query.Contains("dryRun=", StringComparison.Ordinal) ? " dry-run" : IsWatch(request) ? " watch" : "";
        return $"{request.Method}{mode} {path}";
    }

    /// <summary>Text without the namespace, what is derived of it, and the hashes of secrets.</summary>
    public static string Masked(string text, string @namespace) =>
        Id().Replace(Hash().Replace(text.Replace(@namespace, "{ns}", StringComparison.Ordinal), "$1#"), "{id}");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("(greeter-(?:env|pull|files|config)-)[a-z0-9]{6,}")]
    private static partial Regex Hash();
}
