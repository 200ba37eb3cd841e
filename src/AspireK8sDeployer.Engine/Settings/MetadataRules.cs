using System.Text;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of labels and annotations; those that the deployer needs are refused, never overwritten.</summary>
internal static class MetadataRules
{
    private const int AnnotationsLength = 256 * 1024;

    private static readonly Dictionary<string, string> None = [];

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        CheckLabels(settings.Labels, "Labels", ".WithObjectLabels(labels => labels[\"team\"] = \"payments\")", errors);
        CheckAnnotations(settings.Annotations, None, "Annotations", ".WithObjectAnnotations(annotations => annotations[\"example.com/owner\"] = \"payments\")", errors);
    }

    public static void CheckLabels(IReadOnlyDictionary<string, string> labels, string setting, string fix, SettingsErrors errors)
    {
        foreach (var (key, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            errors.Unless(SyntaxRules.IsQualifiedName(key), setting, $"'{key}' is not a label's key ([prefix/]name)", fix);
            errors.Unless(!IsReserved(key), setting, $"'{key}' is set by the deployer", "use another key");
            errors.Unless(
                SyntaxRules.IsLabelValue(value), setting, $"the value '{value}' of '{key}' is not a label value (letters, digits, '-', '_' and '.', at most 63)", fix);
        }
    }

    /// <summary>Annotations of one object.</summary>
    /// <param name="annotations">Its own.</param>
    /// <param name="common">Those that every object has besides, where it has not the same key.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="fix">The call that mends it.</param>
    /// <param name="errors">Takes the mistakes.</param>
    public static void CheckAnnotations(
        IReadOnlyDictionary<string, string> annotations, IReadOnlyDictionary<string, string> common, string setting, string fix, SettingsErrors errors)
    {
        if (annotations.Count == 0)
        {
            return;
        }

        foreach (var key in annotations.Keys.Order(StringComparer.Ordinal))
        {
            errors.Unless(SyntaxRules.IsAnnotationKey(key), setting, $"'{key}' is not an annotation's key ([prefix/]name)", fix);
            errors.Unless(!IsReserved(key), setting, $"'{key}' is set by the deployer", "use another key");
        }

        var length = annotations.Concat(common.Where(item => !annotations.ContainsKey(item.Key)))
            .Sum(item => (long)Encoding.UTF8.GetByteCount(item.Key) + Encoding.UTF8.GetByteCount(item.Value));
        errors.Unless(length <= AnnotationsLength, setting, $"together they are {length} bytes, more than {AnnotationsLength}", "move what is large into the image or a Secret");
    }

    public static bool IsReserved(string key) =>
        key is Names.ManagedByLabel or Names.PartOfLabel or Names.NameLabel or Names.InstanceLabel or Names.VersionLabel or "pod-template-hash"
        || key.StartsWith(Names.Domain + "/", StringComparison.Ordinal)
        || key.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal);
}
