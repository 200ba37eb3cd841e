using System.Globalization;

namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>The resource by which the API, and so a Role, knows a kind.</summary>
internal static class ResourceName
{
    public static (string Group, string Resource) Of(ObjectId id)
    {
        var group = id.ApiVersion.Contains('/', StringComparison.Ordinal) ? id.ApiVersion.Split('/')[0] : "";
        return (group, Plural(id.Kind.ToLower(CultureInfo.InvariantCulture)));
    }

    // As kubectl guesses where it cannot ask, which holds for all kinds of Kubernetes itself and of nearly all others.
    private static string Plural(string kind) => kind switch
    {
        "endpoints" => kind,
        _ when kind.EndsWith('s') || kind.EndsWith('x') || kind.EndsWith("ch", StringComparison.Ordinal) || kind.EndsWith("sh", StringComparison.Ordinal) => kind + "es",
        _ when kind.EndsWith('y') && !(kind.EndsWith("ay", StringComparison.Ordinal) || kind.EndsWith("ey", StringComparison.Ordinal) || kind.EndsWith("oy", StringComparison.Ordinal)) => kind[..^1] + "ies",
        _ => kind + "s",
    };
}
