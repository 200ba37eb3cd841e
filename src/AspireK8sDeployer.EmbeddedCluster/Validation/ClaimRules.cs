using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Claims of storage, and the templates of them.</summary>
internal static class ClaimRules
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        Spec(findings, obj.ObjectOrNew("spec"), "spec");
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject oldObj)
    {
        MetadataRules.CheckUpdate(findings, obj, oldObj);
        Create(findings, obj);
        var spec = obj.ObjectOrNew("spec");
        var old = oldObj.ObjectOrNew("spec");
        var clone = (JsonObject)spec.DeepClone();
        var oldClone = (JsonObject)old.DeepClone();
        if (old.TextOf("volumeName").Length == 0)
        {
            oldClone.Remove("volumeName");
            clone.Remove("volumeName");
        }

        if (obj.Object("status")?.TextOf("phase") == "Bound")
        {
            Forget(clone);
            Forget(oldClone);
        }

        if (!JsonValues.Same(clone, oldClone))
        {
            findings.Forbidden(
                "spec",
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
                + ObjectDiff.Of(old, spec, "core.PersistentVolumeClaimSpec"));
        }

        if (Size(spec) is { } size && Size(old) is { } before && size.CompareTo(before) < 0)
        {
            findings.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }

        MetadataRules.Unchanged(findings, "volumeMode", spec["volumeMode"], old["volumeMode"]);
    }

    public static void Spec(Findings findings, JsonObject spec, string field)
    {
        var modes = spec.TextsOf("accessModes").ToList();
        if (modes.Count == 0)
        {
            findings.Required($"{field}.accessModes", "at least 1 access mode is required");
        }

        SelectorRules.Check(findings, spec.Object("selector"), $"{field}.selector");
        foreach (var mode in modes.Where(mode => !AccessModes.Contains(mode)))
        {
            findings.NotSupported($"{field}.accessModes", mode, AccessModes);
        }

        if (modes.Contains("ReadWriteOncePod") && modes.Any(mode => mode != "ReadWriteOncePod" && AccessModes.Contains(mode)))
        {
            findings.Forbidden($"{field}.accessModes", "may not use ReadWriteOncePod with other access modes");
        }

        Storage(findings, spec, $"{field}.resources[storage]");
        if (spec.TextOf("storageClassName") is { Length: > 0 } storage)
        {
            findings.Invalid($"{field}.storageClassName", storage, NameRules.Subdomain(storage));
        }

        if (spec["volumeMode"].AsText() is { } volumeMode and not ("Block" or "Filesystem"))
        {
            findings.NotSupported($"{field}.volumeMode", volumeMode, "Block", "Filesystem");
        }

        foreach (var source in (string[])["dataSource", "dataSourceRef"])
        {
            if (spec.Object(source) is { } reference)
            {
                DataSource(findings, reference, $"{field}.{source}");
            }
        }

        if (spec.TextOf("volumeAttributesClassName") is { Length: > 0 } attributes)
        {
            findings.Invalid($"{field}.volumeAttributesClassName", attributes, NameRules.Subdomain(attributes));
        }
    }

    private static void Storage(Findings findings, JsonObject spec, string field)
    {
        if (Size(spec) is not { } size)
        {
            findings.Required(field);
        }
        else if (size.Sign <= 0)
        {
            findings.Invalid(field, size.ToString(), "must be greater than zero");
        }
    }

    private static void DataSource(Findings findings, JsonObject source, string field)
    {
        if (source.TextOf("name").Length == 0)
        {
            findings.Required($"{field}.name");
        }

        if (source.TextOf("kind").Length == 0)
        {
            findings.Required($"{field}.kind");
        }

        if (source.TextOf("apiGroup").Length == 0 && source.TextOf("kind") != "PersistentVolumeClaim")
        {
            findings.Invalid(field, source.TextOf("kind"), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }

    private static void Forget(JsonObject spec)
    {
        spec.Object("resources")?.Object("requests")?.Remove("storage");
        spec.Remove("volumeAttributesClassName");
    }

    private static Quantity? Size(JsonObject spec) =>
        Quantity.TryParse(spec.Object("resources")?.Object("requests")?.TextOf("storage") ?? "", out var size) ? size : null;
}
