using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

/// <summary>Which labels an object must have.</summary>
internal sealed class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    public static readonly LabelSelector Everything = new([]);

    public bool IsEverything => requirements.Count == 0;

    /// <summary>Reads the text form, <c>app=a,tier in (web,db),!old</c>; 400 when it is malformed.</summary>
    public static LabelSelector Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Everything : new LabelSelector(new LabelSelectorParser(text).Parse());

    /// <summary>Reads a <c>matchLabels</c>/<c>matchExpressions</c> object. An empty one selects everything, none selects nothing.</summary>
    public static LabelSelector? FromJson(JsonObject? selector)
    {
        if (selector is null)
        {
            return null;
        }

        var requirements = (selector["matchLabels"] as JsonObject ?? [])
            .Select(label => new LabelRequirement(label.Key, LabelOperator.In, [(string?)label.Value ?? ""]));
        var expressions = (selector["matchExpressions"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(e => new LabelRequirement(e.Text("key"), OperatorOf(e.Text("operator")), e.Texts("values")));
        return new LabelSelector([.. requirements, .. expressions]);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var requirement in requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    private static LabelOperator OperatorOf(string name) => name switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        _ => LabelOperator.DoesNotExist,
    };
}
