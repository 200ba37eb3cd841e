using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Roles and their bindings, in a namespace and in the whole cluster.</summary>
internal static class RbacRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void Role(Findings findings, JsonObject obj) => Role(findings, obj, namespaced: true);

    public static void RoleUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        Role(findings, obj);
        MetadataRules.CheckUpdate(findings, obj, old);
    }

    public static void ClusterRole(Findings findings, JsonObject obj)
    {
        Role(findings, obj, namespaced: false);
        if (obj.Object("aggregationRule") is not { } aggregation)
        {
            return;
        }

        var selectors = aggregation.Objects("clusterRoleSelectors").ToList();
        if (selectors.Count == 0)
        {
            findings.Required(
                "aggregationRule.clusterRoleSelectors", "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < selectors.Count; i++)
        {
            var path = $"aggregationRule.clusterRoleSelectors[{i}]";
            SelectorRules.Check(findings, selectors[i], path);
            if (!SelectorRules.IsValid(selectors[i]))
            {
                findings.Invalid(path, (JsonNode?)null, "invalid label selector.");
            }
        }
    }

    public static void ClusterRoleUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        ClusterRole(findings, obj);
        MetadataRules.CheckUpdate(findings, obj, old);
    }

    public static void RoleBinding(Findings findings, JsonObject obj) => Binding(findings, obj, namespaced: true);

    public static void RoleBindingUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        RoleBinding(findings, obj);
        BindingUpdate(findings, obj, old);
    }

    public static void ClusterRoleBinding(Findings findings, JsonObject obj) => Binding(findings, obj, namespaced: false);

    public static void ClusterRoleBindingUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        ClusterRoleBinding(findings, obj);
        BindingUpdate(findings, obj, old);
    }

    private static void Role(Findings findings, JsonObject obj, bool namespaced)
    {
        MetadataRules.Check(findings, obj, namespaced, NameRules.PathSegment);
        var index = 0;
        foreach (var rule in obj.Objects("rules"))
        {
            Rule(findings, rule, namespaced, $"rules[{index++}]");
        }
    }

    private static void Rule(Findings findings, JsonObject rule, bool namespaced, string field)
    {
        if (!rule.TextsOf("verbs").Any())
        {
            findings.Required($"{field}.verbs", "verbs must contain at least one value");
        }

        var hasResources = rule.TextsOf("resources").Any();
        var hasGroups = rule.TextsOf("apiGroups").Any();
        if (rule.TextsOf("nonResourceURLs").Any())
        {
            if (namespaced)
            {
                findings.Invalid($"{field}.nonResourceURLs", rule["nonResourceURLs"], "namespaced rules cannot apply to non-resource URLs");
            }

            if (hasGroups || hasResources || rule.TextsOf("resourceNames").Any())
            {
                findings.Invalid(
                    $"{field}.nonResourceURLs", rule["nonResourceURLs"], "rules cannot apply to both regular resources and non-resource URLs");
            }

            return;
        }

        if (!hasGroups)
        {
            findings.Required($"{field}.apiGroups", "resource rules must supply at least one api group");
        }

        if (!hasResources)
        {
            findings.Required($"{field}.resources", "resource rules must supply at least one resource");
        }
    }

    private static void Binding(Findings findings, JsonObject obj, bool namespaced)
    {
        MetadataRules.Check(findings, obj, namespaced, NameRules.PathSegment);
        var role = obj.ObjectOrNew("roleRef");
        if (role.TextOf("apiGroup") != Group)
        {
            findings.NotSupported("roleRef.apiGroup", role.TextOf("apiGroup"), Group);
        }

        string[] kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
        if (!kinds.Contains(role.TextOf("kind")))
        {
            findings.NotSupported("roleRef.kind", role.TextOf("kind"), kinds);
        }

        var name = role.TextOf("name");
        if (name.Length == 0)
        {
            findings.Required("roleRef.name");
        }
        else
        {
            findings.Invalid("roleRef.name", name, NameRules.PathSegment(name));
        }

        var index = 0;
        foreach (var subject in obj.Objects("subjects"))
        {
            Subject(findings, subject, namespaced, $"subjects[{index++}]");
        }
    }

    private static void Subject(Findings findings, JsonObject subject, bool namespaced, string field)
    {
        var name = subject.TextOf("name");
        if (name.Length == 0)
        {
            findings.Required($"{field}.name");
        }

        var group = subject.TextOf("apiGroup");
        switch (subject.TextOf("kind"))
        {
            case "ServiceAccount":
                if (name.Length > 0)
                {
                    findings.Invalid($"{field}.name", name, NameRules.Subdomain(name));
                }

                if (group.Length > 0)
                {
                    findings.NotSupported($"{field}.apiGroup", group, "");
                }

                if (!namespaced && subject.TextOf("namespace").Length == 0)
                {
                    findings.Required($"{field}.namespace");
                }

                break;
            case "User" or "Group":
                if (group != Group)
                {
                    findings.NotSupported($"{field}.apiGroup", group, Group);
                }

                break;
            case var kind:
                findings.NotSupported($"{field}.kind", kind, "ServiceAccount", "User", "Group");
                break;
        }
    }

    private static void BindingUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        if (!JsonValues.Same(obj["roleRef"], old["roleRef"]))
        {
            var role = obj.ObjectOrNew("roleRef");
            var shown = new JsonObject
            {
                ["APIGroup"] = role.TextOf("apiGroup"),
                ["Kind"] = role.TextOf("kind"),
                ["Name"] = role.TextOf("name"),
            };
            findings.Invalid("roleRef", shown, "cannot change roleRef");
        }
    }
}
