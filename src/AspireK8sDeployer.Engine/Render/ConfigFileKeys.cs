using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The keys of files in their ConfigMap: the file's name, as far as a key may have such characters.</summary>
internal static partial class ConfigFileKeys
{
    private const int LongestName = 200;

    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths) => paths
        .GroupBy(NameOf)
        // Two of the same name are told apart by where they are.
        .SelectMany(same => same.Count() == 1 ? [(Path: same.Single(), Key: same.Key)] : same.Select(path => (Path: path, Key: $"{Short(path)}-{same.Key}")))
        .ToDictionary(item => item.Path, item => item.Key);

    private static string NameOf(string path)
    {
        var name = Other().Replace(path[(path.LastIndexOf('/') + 1)..], "_");
        name = name[..Math.Min(name.Length, LongestName)];
        return name == "." || name.StartsWith("..", StringComparison.Ordinal) ? "_" + name : name;
    }

    private static string Short(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    [GeneratedRegex("[^-._a-zA-Z0-9]")]
    private static partial Regex Other();
}
