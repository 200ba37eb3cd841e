using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>One rule of a Role or ClusterRole.</summary>
internal sealed record PolicyRule(
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Paths)
{
    public static PolicyRule FromJson(JsonObject rule) => new(
        rule.Texts("verbs"), rule.Texts("apiGroups"), rule.Texts("resources"), rule.Texts("resourceNames"), rule.Texts("nonResourceURLs"));

    public bool Allows(AccessQuestion question)
    {
        if (!Has(Verbs, question.Verb))
        {
            return false;
        }

        if (question.Path is { } path)
        {
            return Paths.Any(pattern => pattern == "*" || pattern == path
                || (pattern.EndsWith('*') && path.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)));
        }

        return Has(Groups, question.Group)
            && (Has(Resources, question.FullResource) || (question.Subresource.Length > 0 && Resources.Contains($"*/{question.Subresource}")))
            && (Names.Count == 0 || Names.Contains(question.Name));
    }

    /// <summary>As the rule appears in the answer of a SelfSubjectRulesReview.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        json.SetTexts("verbs", [.. Verbs]);
        json.SetTexts("apiGroups", [.. Groups]);
        json.SetTexts("resources", [.. Resources]);
        json.SetTexts("resourceNames", [.. Names]);
        json.SetTexts("nonResourceURLs", [.. Paths]);
        return json;
    }

    /// <summary>The rule taken apart into rules of one verb, one group and one resource: what an escalation check compares.</summary>
    public IEnumerable<PolicyRule> Breakdown()
    {
        foreach (var verb in Verbs)
        {
            foreach (var path in Paths)
            {
                yield return new([verb], [], [], [], [path]);
            }

            foreach (var (group, resource) in Groups.SelectMany(group => Resources.Select(resource => (group, resource))))
            {
                if (Names.Count == 0)
                {
                    yield return new([verb], [group], [resource], [], []);
                }

                foreach (var name in Names)
                {
                    yield return new([verb], [group], [resource], [name], []);
                }
            }
        }
    }

    /// <summary>True when this rule grants all of a rule that was broken down.</summary>
    public bool Covers(PolicyRule single) =>
        Has(Verbs, single.Verbs[0])
        && (single.Paths.Count > 0
            ? Allows(new AccessQuestion(single.Verbs[0]) { Path = single.Paths[0] })
            : Has(Groups, single.Groups[0])
                && (Has(Resources, single.Resources[0]) || CoversSubresource(single.Resources[0]))
                && (Names.Count == 0 || (single.Names.Count > 0 && Names.Contains(single.Names[0]))));

    /// <summary>As messages show it: <c>{APIGroups:[""], Resources:["pods"], Verbs:["get"]}</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("APIGroups", Groups);
        Add("Resources", Resources);
        Add("ResourceNames", Names);
        Add("NonResourceURLs", Paths);
        Add("Verbs", Verbs);
        return $"{{{string.Join(", ", parts)}}}";

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                parts.Add($"{name}:[{string.Join(' ', values.Select(ServerText.Quote))}]");
            }
        }
    }

    private static bool Has(IReadOnlyList<string> values, string value) => values.Contains("*") || values.Contains(value);

    private bool CoversSubresource(string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && Resources.Contains("*" + resource[slash..]);
    }
}
