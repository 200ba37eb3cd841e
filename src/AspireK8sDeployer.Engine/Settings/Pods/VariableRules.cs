using System.Text.RegularExpressions;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of environment variables from other sources. Values are never quoted: any of them may be secret.</summary>
internal static partial class VariableRules
{
    public static void Check(IEnumerable<V1EnvVar>? variables, SettingCheck check)
    {
        var all = check.Elements(variables);
        foreach (var variable in all)
        {
            check.Unless(
                variable.Name is not null && SyntaxRules.IsEnvironmentName(variable.Name),
                $"'{variable.Name}' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)");
            check.Unless(variable.Value?.Contains('\0', StringComparison.Ordinal) != true, $"the value of '{variable.Name}' contains a NUL character");
            if (variable.ValueFrom is { } source)
            {
                check.Unless(string.IsNullOrEmpty(variable.Value), $"'{variable.Name}' has Value and ValueFrom, which exclude each other");
                CheckSource(variable.Name, source, check);
            }
        }

        foreach (var same in all.GroupBy(variable => variable.Name).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"'{same.Key}' is set twice");
        }
    }

    /// <summary>Whole Secrets and ConfigMaps.</summary>
    public static void CheckSources(IEnumerable<V1EnvFromSource>? sources, SettingCheck check)
    {
        foreach (var source in check.Elements(sources))
        {
            check.Unless((source.SecretRef is null) != (source.ConfigMapRef is null), "each is from exactly one of SecretRef and ConfigMapRef");
            foreach (var name in new[] { source.SecretRef is { } secret ? secret.Name ?? "" : null, source.ConfigMapRef is { } map ? map.Name ?? "" : null }.OfType<string>())
            {
                CheckObjectName(name, check);
            }

            check.Unless(string.IsNullOrEmpty(source.Prefix) || SyntaxRules.IsEnvironmentName(source.Prefix), $"the prefix '{source.Prefix}' is not the beginning of a variable's name");
        }
    }

    private static void CheckSource(string? name, V1EnvVarSource source, SettingCheck check)
    {
        object?[] given = [source.ConfigMapKeyRef, source.FieldRef, source.FileKeyRef, source.ResourceFieldRef, source.SecretKeyRef];
        check.Unless(
            given.Count(item => item is not null) == 1, $"the source of '{name}' is not exactly one of SecretKeyRef, ConfigMapKeyRef, FieldRef, ResourceFieldRef and FileKeyRef");
        if (source.SecretKeyRef is { } secret)
        {
            CheckObjectName(secret.Name, check);
            CheckKey(secret.Key, name, check);
        }

        if (source.ConfigMapKeyRef is { } map)
        {
            CheckObjectName(map.Name, check);
            CheckKey(map.Key, name, check);
        }

        check.Unless(source.FieldRef is not { } field || Field().IsMatch(field.FieldPath ?? ""), $"'{source.FieldRef?.FieldPath}' of '{name}' is not a field that a variable can show");
        check.Unless(
            source.ResourceFieldRef is not { } resource || Amount().IsMatch(resource.Resource ?? ""),
            $"'{source.ResourceFieldRef?.Resource}' of '{name}' is not an amount that a variable can show");
    }

    private static void CheckObjectName(string? name, SettingCheck check) =>
        check.Unless(name is not null && SyntaxRules.IsDnsSubdomain(name), $"'{name}' is not the name of a Secret or ConfigMap (lower case letters, digits, '-' and '.')");

    private static void CheckKey(string? key, string? variable, SettingCheck check) =>
        check.Unless(key is { Length: > 0 and <= 253 } && Key().IsMatch(key), $"'{key}' of '{variable}' is not a key of a Secret or ConfigMap (letters, digits, '-', '_' and '.')");

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\A(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))\z")]
    private static partial Regex Field();

    [GeneratedRegex(@"\A(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-\S+)\z")]
    private static partial Regex Amount();
}
