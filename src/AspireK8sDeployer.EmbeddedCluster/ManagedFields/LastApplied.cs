using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>
/// The annotation of client-side apply. When kubectl goes over to server-side apply, what it applied before counts as its own,
/// and the annotation is kept up to date in case it goes back.
/// </summary>
internal static class LastApplied
{
    /// <summary>The one manager for which all this holds.</summary>
    public const string Manager = "kubectl";

    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const int MostBytes = 256 * 1024;


    /// <summary>
    /// Finds out which conflicts are about fields that client-side apply set and nobody changed since; <paramref name="rest"/> are the others.
    /// </summary>
    /// <returns>False when the object has no usable annotation.</returns>
    public static bool Owns(
        StructType schema, ResourceDefinition resource, JsonObject live, FieldConflictException conflict, out IReadOnlyList<FieldConflict> rest)
    {
        rest = conflict.Conflicts;
        if (Configuration(live) is not { } configuration || configuration.TextOf("apiVersion") != resource.ApiVersion)
        {
            return false;
        }

        if (TypedCheck.Problems(schema, configuration).Count > 0)
        {
            return false;
        }

        var changes = FieldComparison.Between(schema, configuration, live);
        var owned = FieldCollector.Collect(schema, configuration).Except(changes.Modified).Except(changes.Added).Except(changes.Removed);
        rest = [.. conflict.Conflicts.Where(one => !owned.Has(one.Path))];
        return true;
    }

    /// <summary>Writes what was applied into the annotation, if the object has one.</summary>
    public static void Refresh(JsonObject obj, JsonObject applied)
    {
        if (Annotations(obj) is not { } annotations || annotations.TextOf(Annotation).Length == 0)
        {
            return;
        }

        var copy = (JsonObject)applied.DeepClone();
        Annotations(copy)?.Remove(Annotation);
        annotations[Annotation] = Sorted(copy)!.ToJsonString(JsonValues.Plain) + "\n";
        if (annotations.Sum(pair => pair.Key.Length + (pair.Value.AsText()?.Length ?? 0)) > MostBytes)
        {
            annotations.Remove(Annotation);
        }
    }

    private static JsonObject? Configuration(JsonObject live)
    {
        if (Annotations(live)?[Annotation].AsText() is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Annotations(JsonObject obj) => obj.Object("metadata")?.Object("annotations");

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
