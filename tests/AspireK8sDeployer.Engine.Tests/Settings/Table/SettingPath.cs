using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>
/// Where a setting arrives: an object's kind and a field of it, such as <c>Service spec.ports[0].port</c>,
/// <c>Deployment spec.template.spec.containers[0].env[name=A].value</c> or <c>Secret data[".dockerconfigjson"]</c>.
/// </summary>
internal static partial class SettingPath
{
    /// <summary>The field as JSON; null when it, or its object, is not there.</summary>
    public static string? Read(DeploymentSettings settings, string path)
    {
        if (path.Split(' ', 2) is not [var kind, var fields])
        {
            return Rendered.Kinds(settings).Contains(path) ? path : null;
        }

        return Steps().Matches(fields).Aggregate((JsonNode?)Rendered.Body(settings, kind), Step)?.ToJsonString(Rendered.Readable);
    }

    private static JsonNode? Step(JsonNode? node, Match step) => step switch
    {
        _ when node is null => null,
        _ when step.Groups["index"] is { Success: true } index => node[int.Parse(index.Value)],
        _ when step.Groups["key"] is { Success: true } key => node.AsArray().Single(item => (string?)item![key.Value] == step.Groups["value"].Value),
        _ when step.Groups["quoted"] is { Success: true } quoted => node[quoted.Value],
        _ => node[step.Groups["name"].Value],
    };

    [GeneratedRegex("""\[(?<index>\d+)\]|\[(?<key>\w+)=(?<value>[^\]]+)\]|\["(?<quoted>[^"]+)"\]|\.?(?<name>\w+)""")]
    private static partial Regex Steps();
}
