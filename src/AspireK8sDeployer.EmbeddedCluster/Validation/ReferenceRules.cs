using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>References to another object by its kind and name.</summary>
internal static class ReferenceRules
{
    public static void KindAndName(Findings findings, JsonObject reference, string field)
    {
        foreach (var name in (string[])["kind", "name"])
        {
            var value = reference.TextOf(name);
            if (value.Length == 0)
            {
                findings.Required($"{field}.{name}");
            }
            else
            {
                findings.Invalid($"{field}.{name}", value, NameRules.PathSegment(value));
            }
        }
    }
}
