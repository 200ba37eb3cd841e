using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The AppHost's name as a label value: what is deployed belongs to it, on whatever machine it runs.</summary>
internal static partial class ApplicationName
{
    private const int MaxLength = 63;

    public static string Of(IHostEnvironment environment) => ToLabel(environment.ApplicationName);

    internal static string ToLabel(string name)
    {
        var label = NotALabel().Replace(name, "-");
        return label[..Math.Min(label.Length, MaxLength)].Trim('-', '_', '.') is { Length: > 0 } usable ? usable : "apphost";
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex NotALabel();
}
