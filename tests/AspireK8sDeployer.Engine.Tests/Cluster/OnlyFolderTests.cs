using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>Cluster/ is the only folder that calls the Kubernetes API; this is what enforces it.</summary>
public partial class OnlyFolderTests
{
    [Fact]
    public void NothingOutsideOfCluster_CallsTheApiByItself()
    {
        var source = SourceFolder();
        var offenders = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(source, path).StartsWith("Cluster", StringComparison.Ordinal))
            .Where(path => Calls().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(source, path));

        Assert.Empty(offenders);
    }

    private static string SourceFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/AspireK8sDeployer.Engine"));

    [GeneratedRegex(@"new ApiRequest|\.Client\.(Send|Open)Async|IKubernetes\b|new Kubernetes\(|KubernetesClientConfiguration|HttpRequestMessage")]
    private static partial Regex Calls();
}
