using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>
/// What changed between two objects, for a message: only the fields that did. A server prints its own types at this place, which
/// nothing but a person reads.
/// </summary>
internal static class ObjectDiff
{
    public static string Of(JsonObject before, JsonObject after, string type)
    {
        var lines = before.Concat(after).Select(field => field.Key).Distinct()
            .Where(name => !JsonValues.Same(before[name], after[name]))
            .SelectMany(name => new[] { Line('-', name, before[name]), Line('+', name, after[name]) })
            .OfType<string>();
        return $"  {type}{{\n{string.Concat(lines)}  }}\n";
    }

    private static string? Line(char sign, string name, JsonNode? value) =>
        value is null ? null : $"{sign} \t{name}: {value.ToJsonString(JsonValues.Plain)},\n";
}
