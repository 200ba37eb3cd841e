namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of labels and annotations; those that the deployer needs are refused, never overwritten.</summary>
internal static class MetadataRules
{
    private const int AnnotationsLength = 256 * 1024;

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        foreach (var (key, value) in settings.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            const string Fix = ".WithObjectLabels(labels => labels[\"team\"] = \"payments\")";
            errors.Unless(SyntaxRules.IsQualifiedName(key), "Labels", $"'{key}' is not a label's key ([prefix/]name)", Fix);
            errors.Unless(!IsReserved(key), "Labels", $"'{key}' is set by the deployer", "use another key");
            errors.Unless(SyntaxRules.IsLabelValue(value), "Labels", $"the value '{value}' of '{key}' is not a label value (letters, digits, '-', '_' and '.', at most 63)", Fix);
        }

        CheckAnnotations(settings.Annotations, "Annotations", ".WithObjectAnnotations(annotations => annotations[\"example.com/owner\"] = \"payments\")", errors);
    }

    public static void CheckAnnotations(IReadOnlyDictionary<string, string> annotations, string setting, string fix, SettingsErrors errors)
    {
        foreach (var key in annotations.Keys.Order(StringComparer.Ordinal))
        {
            errors.Unless(SyntaxRules.IsQualifiedName(key), setting, $"'{key}' is not an annotation's key ([prefix/]name)", fix);
            errors.Unless(!IsReserved(key), setting, $"'{key}' is set by the deployer", "use another key");
        }

        var length = annotations.Sum(annotation => (long)annotation.Key.Length + annotation.Value.Length);
        errors.Unless(length <= AnnotationsLength, setting, $"together they are {length} characters, more than 262144", "move what is large into the image or a Secret");
    }

    private static bool IsReserved(string key) =>
        key is Names.ManagedByLabel or Names.PartOfLabel or Names.NameLabel or Names.InstanceLabel or Names.VersionLabel or "pod-template-hash"
        || key.StartsWith(Names.Domain + "/", StringComparison.Ordinal)
        || key.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal);
}
