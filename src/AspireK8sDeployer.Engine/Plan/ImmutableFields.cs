using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// The fields that the API never lets change. What the table cannot tell, because it takes the server's defaults, the server's
/// own refusal of the dry-run does.
/// </summary>
internal static class ImmutableFields
{
    private static readonly string[] Workloads = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"];

    private static readonly Row[] Rows =
    [
        .. Workloads.Select(kind => new Row(kind, "spec", "selector")),
        new("Service", "spec", "loadBalancerClass"),
        new("Service", "spec", "healthCheckNodePort"),
        new("Secret", "type"),
        new("RoleBinding", "roleRef"),
    ];

    private static readonly string[] Sealed = ["apiVersion", "kind", "data", "binaryData", "immutable"];

    private static readonly string[] Texts = ["immutable", "may not change once set", "cannot change roleRef", "can not be unset", "updates to"];

    /// <summary>What cannot change and is desired otherwise.</summary>
    public static IReadOnlyList<FieldChange> Changed(ObjectId id, JsonObject desired, JsonObject live, Masking masking)
    {
        var mask = ValueMask.For(desired, masking);
        FieldChange Of(params string[] path)
        {
            var text = string.Join('.', path);
            return At(live, path) is JsonObject { } role && role["kind"] is not null
                ? new FieldChange(text, RoleOf(role), RoleOf((JsonObject)At(desired, path)!))
                : new FieldChange(text, mask.Show(text, At(live, path)), mask.Show(text, At(desired, path)));
        }

        return
        [
            .. Rows.Where(row => row.Kind == id.Kind && At(desired, row.Path) is { } wanted && At(live, row.Path) is { } present && !Same(wanted, present)).Select(row => Of(row.Path)),
            .. ChangesHeadlessness(id, desired, live) ? [Of("spec", "clusterIP")] : Array.Empty<FieldChange>(),
            .. IsSealed(id, live) ? FieldDifference.Between(Content(live), Content(desired), masking).Where(change => !change.Path.StartsWith("metadata", StringComparison.Ordinal)) : [],
        ];
    }

    /// <summary>Whether the server refused a change because of what it is about; a conflict (409) never is that.</summary>
    public static bool Refuses(ApiFailure failure) =>
        failure.Code == HttpStatusCode.UnprocessableEntity && failure.Causes.Any(IsOfImmutable);

    /// <summary>The fields that the server names.</summary>
    public static IReadOnlyList<FieldChange> Named(ApiFailure failure, JsonObject desired, JsonObject live, Masking masking)
    {
        var mask = ValueMask.For(desired, masking);
        return
        [
            .. failure.Causes.Where(IsOfImmutable).Select(cause => cause.Field).Distinct()
                .Select(field => new FieldChange(field, mask.Show(field, At(live, field.Split('.'))), mask.Show(field, At(desired, field.Split('.'))))),
        ];
    }

    // Forbidden is said of much else.
    private static bool IsOfImmutable(ApiCause cause) =>
        cause.Reason is "FieldValueInvalid" or "FieldValueForbidden"
        && Texts.Any(text => cause.Message.Contains(text, StringComparison.Ordinal));

    private static bool ChangesHeadlessness(ObjectId id, JsonObject desired, JsonObject live) =>
        id.Kind == "Service"
        && (string?)live["spec"]?["type"] != "ExternalName"
        && (string?)live["spec"]?["clusterIP"] is { Length: > 0 } present
        && ((string?)desired["spec"]?["clusterIP"] is { } wanted
            ? wanted != present
            : present == "None" && AppliedFields.OwnsField(live, "spec", "clusterIP"));

    private static bool IsSealed(ObjectId id, JsonObject live) => id.Kind is "Secret" or "ConfigMap" && live["immutable"] is JsonValue value && value.TryGetValue(out bool isSealed) && isSealed;

    private static string RoleOf(JsonObject role) => $"{role["kind"]}/{role["name"]}";

    // What is sealed of a Secret or a ConfigMap; Secrets are compared as they are sent, without stringData.
    private static JsonObject Content(JsonObject item) => new(Sealed
        .Where(name => item[name] is not null && item[name] is not JsonObject { Count: 0 })
        .Select(name => KeyValuePair.Create(name, item[name]?.DeepClone())));

    // A roleRef or a selector is whole in what we render, but the server may have added the group.
    private static bool Same(JsonNode wanted, JsonNode present) => (wanted, present) switch
    {
        (JsonObject left, JsonObject right) when left["kind"] is not null => left.All(member => JsonNode.DeepEquals(member.Value, right[member.Key])),
        _ => JsonNode.DeepEquals(wanted, present),
    };

    private static JsonNode? At(JsonObject root, string[] path) => path.Aggregate((JsonNode?)root, (node, name) => (node as JsonObject)?[name]);

    private sealed record Row(string Kind, params string[] Path);
}
