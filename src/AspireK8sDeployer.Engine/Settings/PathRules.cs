using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the paths by which requests are routed.</summary>
internal static partial class PathRules
{
    private const int LongestRoute = 1024;

    // The API server's own lists; what they name would match no request, because every client and proxy tidies it away.
    private static readonly string[] Never = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] NeverLast = ["/.", "/.."];

    /// <summary>A path of an Ingress.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isPattern">Whether its controller gives it a meaning of its own.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="fix">The call that mends it.</param>
    /// <param name="errors">Takes the mistakes.</param>
    public static void CheckIngress(string path, bool isPattern, string setting, string fix, SettingsErrors errors)
    {
        errors.Unless(path.StartsWith('/'), setting, $"'{path}' does not begin with '/'", fix);
        if (isPattern)
        {
            return;
        }

        CheckSequences(path, setting, fix, errors);
        errors.Unless(!Outside().IsMatch(path), setting, $"'{path}' has characters that no request's path has ('?', '#', white space)", fix);
    }

    /// <summary>A path of an HTTPRoute.</summary>
    public static void CheckRoute(string path, string setting, string fix, SettingsErrors errors)
    {
        errors.Unless(path.StartsWith('/'), setting, $"'{path}' does not begin with '/'", fix);
        CheckSequences(path, setting, fix, errors);
        errors.Unless(
            path.Length == 0 || RoutePath().IsMatch(path), setting,
            $"'{path}' has characters that a route's path cannot have (letters, digits and -/._~!$&'()*+,;=:@ are allowed, others as %XX)", fix);
        errors.Unless(path.Length <= LongestRoute, setting, $"it has {path.Length} characters, more than {LongestRoute}", fix);
    }

    private static void CheckSequences(string path, string setting, string fix, SettingsErrors errors)
    {
        if (Array.Find(Never, sequence => path.Contains(sequence, StringComparison.Ordinal)) is { } inside)
        {
            errors.Add(setting, $"'{path}' contains '{inside}'", fix);
        }
        else if (Array.Find(NeverLast, sequence => path.EndsWith(sequence, StringComparison.Ordinal)) is { } end)
        {
            errors.Add(setting, $"'{path}' ends with '{end}'", fix);
        }
    }

    [GeneratedRegex(@"[?#\s\p{Cc}]")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\A(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+\z", RegexOptions.ECMAScript)]
    private static partial Regex RoutePath();
}
