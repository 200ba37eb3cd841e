using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Definitions of custom resources.</summary>
internal static class CrdRules
{
    private const string Approval = "api-approved.kubernetes.io";

    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: false, name => Name(obj, name));
        Spec(findings, obj.ObjectOrNew("spec"));
        Approved(findings, obj);
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        var spec = obj.ObjectOrNew("spec");
        var before = old.ObjectOrNew("spec");
        Spec(findings, spec);
        if (IsEstablished(old))
        {
            MetadataRules.Unchanged(findings, "spec.scope", spec["scope"], before["scope"]);
            MetadataRules.Unchanged(findings, "spec.names.kind", spec["names"]?["kind"], before["names"]?["kind"]);
        }

        MetadataRules.Unchanged(findings, "spec.group", spec["group"], before["group"]);
        MetadataRules.Unchanged(findings, "spec.names.plural", spec["names"]?["plural"], before["names"]?["plural"]);
    }

    private static IEnumerable<string> Name(JsonObject obj, string name)
    {
        foreach (var problem in NameRules.Subdomain(name))
        {
            yield return problem;
        }

        var spec = obj.ObjectOrNew("spec");
        if (name != $"{spec.Object("names")?.TextOf("plural")}.{spec.TextOf("group")}")
        {
            yield return "must be spec.names.plural+\".\"+spec.group";
        }
    }

    private static void Spec(Findings findings, JsonObject spec)
    {
        Group(findings, spec.TextOf("group"));
        Scope(findings, spec.TextOf("scope"));
        var versions = spec.Objects("versions").ToList();
        var schemas = versions.Select(version => version.Object("schema")?.Object("openAPIV3Schema")).ToList();
        for (var i = 0; i < versions.Count; i++)
        {
            if (schemas[i] is null)
            {
                findings.Required($"spec.versions[{i}].schema.openAPIV3Schema");
            }
        }

        // What all versions have in common the server keeps once, and checks there.
        var sameSchemas = AreSame(versions, "schema");
        var sameSubresources = AreSame(versions, "subresources");
        var sameColumns = AreSame(versions, "additionalPrinterColumns");
        for (var i = 0; i < versions.Count; i++)
        {
            var field = $"spec.versions[{i}]";
            JoinedLabel(findings, $"{field}.name", versions[i].TextOf("name"));
            if (!sameSchemas && schemas[i] is { } schema)
            {
                CrdSchemaRules.Check(findings, schema, $"{field}.schema.openAPIV3Schema");
            }

            if (!sameSubresources)
            {
                Subresources(findings, versions[i], field);
            }

            if (!sameColumns)
            {
                Columns(findings, versions[i], field);
            }
        }

        if (versions.Select(version => version.TextOf("name")).Distinct().Count() != versions.Count)
        {
            findings.Invalid("spec.versions", spec["versions"], "must contain unique version names");
        }

        if (versions.Count(version => version.Flag("storage")) != 1)
        {
            findings.Invalid("spec.versions", spec["versions"], "must have exactly one version marked as storage version");
        }

        Names(findings, spec.ObjectOrNew("names"));
        if (sameSchemas && schemas is [{ } common, ..])
        {
            CrdSchemaRules.Check(findings, common, "spec.validation.openAPIV3Schema");
        }

        if (sameSubresources && versions.Count > 0)
        {
            Subresources(findings, versions[0], "spec");
        }

        if (sameColumns && versions.Count > 0)
        {
            Columns(findings, versions[0], "spec");
        }

        if (spec.Flag("preserveUnknownFields"))
        {
            findings.Invalid(
                "spec.preserveUnknownFields",
                (JsonNode)true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        }
    }

    private static bool AreSame(List<JsonObject> versions, string field) =>
        versions.All(version => JsonValues.Same(version[field], versions[0][field]));

    private static void Group(Findings findings, string group)
    {
        if (group.Length == 0)
        {
            findings.Required("spec.group");
        }
        else if (NameRules.Subdomain(group).ToList() is { Count: > 0 } problems)
        {
            findings.Invalid("spec.group", group, string.Join(',', problems));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            findings.Invalid("spec.group", group, "should be a domain with at least one dot");
        }
    }

    private static void Scope(Findings findings, string scope)
    {
        if (scope.Length == 0)
        {
            findings.Required("spec.scope");
        }
        else if (scope is not ("Cluster" or "Namespaced"))
        {
            findings.NotSupported("spec.scope", scope, "Cluster", "Namespaced");
        }
    }

    private static void Names(Findings findings, JsonObject names)
    {
        foreach (var name in (string[])["plural", "singular", "kind", "listKind"])
        {
            if (names.TextOf(name).Length == 0)
            {
                findings.Required($"spec.names.{name}");
            }
        }

        foreach (var name in (string[])["plural", "singular"])
        {
            JoinedLabel(findings, $"spec.names.{name}", names.TextOf(name), mayBeEmpty: true);
        }

        foreach (var name in (string[])["kind", "listKind"])
        {
            var value = names.TextOf(name);
            if (value.Length > 0 && NameRules.Dns1035Label(value.ToLowerInvariant()).ToList() is { Count: > 0 } problems)
            {
                findings.Invalid($"spec.names.{name}", value, "may have mixed case, but should otherwise match: " + string.Join(',', problems));
            }
        }

        Each(findings, names, "shortNames");
        if (names.TextOf("kind").Length > 0 && names.TextOf("kind") == names.TextOf("listKind"))
        {
            findings.Invalid("spec.names.listKind", names.TextOf("listKind"), "kind and listKind may not be the same");
        }

        Each(findings, names, "categories");
    }

    private static void Each(Findings findings, JsonObject names, string list)
    {
        var index = 0;
        foreach (var name in names.TextsOf(list))
        {
            JoinedLabel(findings, $"spec.names.{list}[{index++}]", name);
        }
    }

    private static void JoinedLabel(Findings findings, string field, string name, bool mayBeEmpty = false)
    {
        if (!(mayBeEmpty && name.Length == 0) && NameRules.Dns1035Label(name).ToList() is { Count: > 0 } problems)
        {
            findings.Invalid(field, name, string.Join(',', problems));
        }
    }

    private static void Subresources(Findings findings, JsonObject version, string field)
    {
        if (version.Object("subresources")?.Object("scale") is not { } scale)
        {
            return;
        }

        foreach (var (name, root) in ((string, string)[])[("specReplicasPath", ".spec"), ("statusReplicasPath", ".status")])
        {
            var path = scale.TextOf(name);
            var place = $"{field}.subresources.scale.{name}";
            if (path.Length == 0)
            {
                findings.Required(place);
            }
            else if (!path.StartsWith('.'))
            {
                findings.Invalid(place, path, "must be a simple json path starting with .");
            }
            else if (!path.StartsWith(root + ".", StringComparison.Ordinal))
            {
                findings.Invalid(place, path, $"should be a json path under {root}");
            }
        }
    }

    private static void Columns(Findings findings, JsonObject version, string field)
    {
        var index = 0;
        foreach (var column in version.Objects("additionalPrinterColumns"))
        {
            var place = $"{field}.additionalPrinterColumns[{index++}]";
            var (type, format, path) = (column.TextOf("type"), column.TextOf("format"), column.TextOf("jsonPath"));
            var types = $"must be one of {string.Join(',', ColumnTypes)}";
            if (column.TextOf("name").Length == 0)
            {
                findings.Required($"{place}.name");
            }

            if (type.Length == 0)
            {
                findings.Required($"{place}.type", types);
            }
            else if (!ColumnTypes.Contains(type))
            {
                findings.Invalid($"{place}.type", type, types);
            }

            if (format.Length > 0 && !ColumnFormats.Contains(format))
            {
                findings.Invalid($"{place}.format", format, $"must be one of {string.Join(',', ColumnFormats)}");
            }

            if (path.Length == 0)
            {
                findings.Required($"{place}.JSONPath");
            }
            else if (!path.StartsWith('.'))
            {
                findings.Invalid($"{place}.JSONPath", path, "must be a simple json path starting with .");
            }
        }
    }

    private static void Approved(Findings findings, JsonObject obj)
    {
        var group = obj.ObjectOrNew("spec").TextOf("group");
        var isProtected = group is "k8s.io" or "kubernetes.io"
            || group.EndsWith(".k8s.io", StringComparison.Ordinal)
            || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
        if (isProtected && string.IsNullOrEmpty(obj["metadata"]?["annotations"]?[Approval].AsText()))
        {
            findings.Required(
                $"metadata.annotations[{Approval}]",
                $"protected groups must have approval annotation \"{Approval}\", see https://github.com/kubernetes/enhancements/pull/1111");
        }
    }

    private static bool IsEstablished(JsonObject definition) => (definition.Object("status")?.Objects("conditions") ?? [])
        .Any(condition => condition.TextOf("type") == "Established" && condition.TextOf("status") == "True");
}
