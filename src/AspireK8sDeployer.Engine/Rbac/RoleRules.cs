using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>Writes permissions as the rules of a Role: as few as there can be without allowing more.</summary>
internal static class RoleRules
{
    // In the order in which people write them.
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "bind"];

    public static JsonArray Of(IEnumerable<Permission> permissions)
    {
        // Names first: a rule allows every one of its verbs on every one of its names.
        var named = permissions
            .GroupBy(item => (item.Group, item.FullResource, item.Verb))
            .Select(group => (group.Key.Group, group.Key.FullResource, group.Key.Verb, Names: NamesOf([.. group])));
        var rules = named
            .GroupBy(item => (item.Group, item.FullResource, Names: string.Join('\n', item.Names)))
            .Select(group => (group.Key.Group, group.Key.FullResource, group.First().Names, Verbs: group.Select(item => item.Verb).OrderBy(Rank).ToList()))
            .GroupBy(rule => (rule.Group, Names: string.Join('\n', rule.Names), Verbs: string.Join(',', rule.Verbs)))
            .Select(group => (group.Key.Group, Resources: group.Select(rule => rule.FullResource).Order(StringComparer.Ordinal).ToList(), group.First().Names, group.First().Verbs))
            .OrderBy(rule => rule.Group, StringComparer.Ordinal)
            .ThenBy(rule => rule.Resources[0], StringComparer.Ordinal)
            .ThenBy(rule => rule.Names.Count);
        return new JsonArray([.. rules.Select(rule => (JsonNode)Rule(rule.Group, rule.Resources, rule.Names, rule.Verbs))]);
    }

    // What is allowed for all needs no names besides.
    private static List<string> NamesOf(List<Permission> same) =>
        same.Any(item => item.Name is null) ? [] : [.. same.Select(item => item.Name!).Distinct().Order(StringComparer.Ordinal)];

    public static int Rank(string verb) => Array.IndexOf(Verbs, verb);

    private static JsonObject Rule(string group, List<string> resources, List<string> names, List<string> verbs)
    {
        var rule = new JsonObject { ["apiGroups"] = Texts([group]), ["resources"] = Texts(resources) };
        if (names.Count > 0)
        {
            rule["resourceNames"] = Texts(names);
        }

        rule["verbs"] = Texts(verbs);
        return rule;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
