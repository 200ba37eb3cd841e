using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>
/// Gives each object a file: <c>&lt;kind&gt;.yaml</c> for the first of a kind, and with its name for those that follow,
/// which are the additional ones.
/// </summary>
internal sealed partial class FileNames
{
    // File systems that ignore case have to hold them too.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { PublishedDeployment.Kustomization, PublishedDeployment.Rights };

    public string Of(RenderedObject item)
    {
        var kind = Safe(item.Id.Kind.ToLowerInvariant());
        var named = $"{kind}-{Safe(item.Id.Name)}";
        var group = Safe(item.Id.ApiVersion.Split('/')[0]);
        return new[] { kind, named, $"{named}.{group}" }
            .Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => FormattableString.Invariant($"{named}.{group}-{number}")))
            .Select(name => $"{name}.yaml")
            .First(_taken.Add);
    }

    private static string Safe(string text) => Other().Replace(text, "_");

    [GeneratedRegex("[^-._a-zA-Z0-9]")]
    private static partial Regex Other();
}
