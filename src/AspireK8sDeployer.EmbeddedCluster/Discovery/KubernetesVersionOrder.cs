using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>Orders API versions by how much they promise: v1beta1 before v1, v1 before v2, anything odd first.</summary>
internal sealed partial class KubernetesVersionOrder : IComparer<string>
{
    public static readonly KubernetesVersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (a, b) = (Rank(x ?? ""), Rank(y ?? ""));
        return a != b ? a.CompareTo(b) : string.CompareOrdinal(y, x);
    }

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success)
        {
            return (-1, 0, 0);
        }

        var stability = match.Groups[2].Value switch { "alpha" => 0, "beta" => 1, _ => 2 };
        return (stability, Number(match.Groups[1]), Number(match.Groups[3]));
    }

    private static int Number(Group group) => int.TryParse(group.Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v([0-9]+)(?:(alpha|beta)([0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
