using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>The attributes of a member of a type, wherever its author put them.</summary>
internal static class MemberAnnotations
{
    // An attribute on a positional record's member belongs to the constructor parameter, unless it says "property:".
    public static object[] Of(JsonPropertyInfo property) =>
    [
        .. property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
        .. property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
    ];
}
