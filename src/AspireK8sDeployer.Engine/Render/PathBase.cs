using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The path below which a pipeline answers, besides the root, because an Ingress or a Gateway leaves it in the requests.</summary>
internal static partial class PathBase
{
    /// <summary>The path without a slash at its end; null for the root.</summary>
    public static string? Of(DeploymentSettings settings) =>
        Of(settings.Gateway?.Path) ?? (settings.Ingress is { } ingress ? Of(ingress.Path, ingress.PathType) : null);

    /// <summary>The base that follows from an Ingress's path.</summary>
    /// <remarks>
    /// An exact path is that of one request, which the pipeline knows by its own name (<c>/invoke</c>). What a controller makes
    /// of its own kind of path is known for those that are no pattern, or one that ends with a star.
    /// </remarks>
    public static string? Of(string path, IngressPathType type) => type switch
    {
        IngressPathType.Prefix => Of(path),
        IngressPathType.ImplementationSpecific when PlainPath().Match(path) is { Success: true } match => Of(match.Groups["path"].Value),
        _ => null,
    };

    /// <summary>The base that follows from a path that is compared by its elements.</summary>
    public static string? Of(string? path) => path?.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : null;

    [GeneratedRegex(@"\A(?<path>/[A-Za-z0-9/_.~%-]*?)/?\*?\z", RegexOptions.ECMAScript)]
    private static partial Regex PlainPath();
}
