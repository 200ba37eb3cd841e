using System.Reflection;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>The names of all settings that a user can give, as messages name them: <c>Service.Port</c>.</summary>
internal static class PublicSettings
{
    public static IReadOnlyList<string> Names { get; } = [.. NamesOf(typeof(DeploymentSettings), "")];

    private static IEnumerable<string> NamesOf(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(CanBeGiven).SelectMany(property => IsRecord(property.PropertyType)
            ? NamesOf(property.PropertyType, $"{prefix}{property.Name}.")
            : [prefix + property.Name]);

    // What has no way to be set is worked out from the rest, as the identity is.
    private static bool CanBeGiven(PropertyInfo property) => property.SetMethod is { IsPublic: true };

    private static bool IsRecord(Type type) => type.Assembly == typeof(DeploymentSettings).Assembly && type.GetMethod("<Clone>$") is not null;
}
