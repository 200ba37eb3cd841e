using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>
/// A path as nginx understands it with <c>use-regex</c> or <c>rewrite-target</c>: a regular expression from the beginning of
/// the path on, in any case. The target replaces the whole path and may name groups, as in <c>/$2</c>.
/// </summary>
internal sealed class PatternPath : PathMatch
{
    // Patterns come from users: none may hold up the requests of others.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly Regex _pattern;
    private readonly string? _target;

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public PatternPath(string path, string? target)
    {
        Length = path.Length;
        _pattern = new Regex($"^(?:{path})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);
        _target = target;
    }

    public override int Length { get; }

    public override bool Matches(string path)
    {
        try
        {
            return _pattern.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public override string Rewrite(string path)
    {
        if (_target is null)
        {
            return path;
        }

        var rewritten = _pattern.Match(path).Result(_target);
        return rewritten.StartsWith('/') ? rewritten : $"/{rewritten}";
    }
}
