using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>The API server's rules for names and labels, as far as they can be known before the call.</summary>
internal static partial class SyntaxRules
{
    public const int LabelLength = 63;
    public const int SubdomainLength = 253;

    public static bool IsDnsLabel(string text) => text.Length <= LabelLength && DnsLabel().IsMatch(text);

    /// <summary>As a DNS label, and begins with a letter: what a Service's name must be.</summary>
    public static bool IsServiceName(string text) => IsDnsLabel(text) && char.IsAsciiLetterLower(text[0]);

    public static bool IsDnsSubdomain(string text) => text.Length <= SubdomainLength && DnsSubdomain().IsMatch(text);

    public static bool IsLabelValue(string text) => text.Length <= LabelLength && (text.Length == 0 || LabelPart().IsMatch(text));

    /// <summary>A label's or annotation's key: <c>[prefix/]name</c>.</summary>
    public static bool IsQualifiedName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = text[(slash + 1)..];
        return name.Length is > 0 and <= LabelLength && LabelPart().IsMatch(name) && (slash < 0 || IsDnsSubdomain(text[..slash]));
    }

    /// <summary>As a label's key, but the server does not mind capitals in the prefix.</summary>
    public static bool IsAnnotationKey(string text) => IsQualifiedName(text.ToLowerInvariant());

    /// <summary>The rule of every supported version; newer servers take more.</summary>
    public static bool IsEnvironmentName(string text) => EnvironmentName().IsMatch(text);

    /// <summary><c>[host[:port]/]path[:tag][@digest]</c>; the path in lower case.</summary>
    public static bool IsImageReference(string text) => ImageReference().IsMatch(text);

    /// <summary>An IP address as the server reads it: four whole decimal numbers, or IPv6 without a zone.</summary>
    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.AsSpan().ContainsAny('%', '[') && !address.IsIPv4MappedToIPv6);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex DnsSubdomain();

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex LabelPart();

    [GeneratedRegex(@"\A[-._a-zA-Z][-._a-zA-Z0-9]*\z")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex(@"\A((\[[0-9a-fA-F:]+\]|[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*)(:[0-9]+)?/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:\w[-\w.]{0,127})?(@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?\z", RegexOptions.ECMAScript)]
    private static partial Regex ImageReference();
}
