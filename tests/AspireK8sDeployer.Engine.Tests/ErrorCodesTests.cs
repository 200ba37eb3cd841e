using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Tests;

/// <summary>A code stands for one failure: it is written once, and where it is needed again, named.</summary>
public partial class ErrorCodesTests
{
    [Fact]
    public void EveryCode_IsWrittenOnce()
    {
        var codes = Directory.EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line))
            .Select(match => match.Value)
            .ToList();

        Assert.NotEmpty(codes);
        Assert.Empty(codes.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static string SourceFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src"));

    [GeneratedRegex("K8SD[0-9]{3}")]
    private static partial Regex Code();
}
