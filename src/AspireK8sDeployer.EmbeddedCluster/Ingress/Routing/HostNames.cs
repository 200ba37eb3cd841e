namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>Host names with <c>*</c> for the first label.</summary>
internal static class HostNames
{
    /// <summary><c>*.example.com</c> for <c>a.example.com</c>; the <c>*</c> stands for exactly one label.</summary>
    public static string Wildcard(string name) => name.IndexOf('.') is > 0 and var dot ? $"*{name[dot..]}" : "*";

    /// <summary>Whether a name of a list is this one, or has a <c>*</c> for it.</summary>
    public static bool Contain(IEnumerable<string> names, string name) =>
        names.Any(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(candidate, Wildcard(name), StringComparison.OrdinalIgnoreCase));
}
