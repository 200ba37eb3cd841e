using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// A model of KubernetesClient as the server keeps it: amounts in their canonical form, the protocol of every port, and no
/// empty lists and maps, which the server drops and which would look changed the next time.
/// </summary>
internal static class ModelJson
{
    public static JsonObject Of(object model) => (JsonObject)Canonical(Raw(model), model.GetType());

    public static JsonArray OfList<T>(IEnumerable<T> models)
        where T : notnull => new([.. models.Select(model => (JsonNode)Of(model))]);

    /// <summary>As it is given, with its empty lists: for what is laid over something else first.</summary>
    public static JsonObject Raw(object model) => (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(model))!;

    /// <summary>Leaves out what is empty and means nothing; an empty object, such as that of <c>emptyDir</c>, means something.</summary>
    public static JsonNode Canonical(JsonNode node, Type type) => node switch
    {
        JsonObject members => Members(members, type),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Canonical(item, ElementOf(type)))]),
        _ => node.DeepClone(),
    };

    private static JsonObject Members(JsonObject members, Type type)
    {
        var result = new JsonObject();
        // The name first: it says what the rest is about.
        foreach (var (name, value) in members.OrderBy(member => member.Key == "name" ? 0 : 1))
        {
            var declared = TypeOf(type, name);
            if (value is not null && !IsEmpty(value, declared))
            {
                result[name] = Canonical(value, declared);
            }
        }

        AddDefaults(result, type);
        return result;
    }

    // Those of the server's own that matter to whoever owns the field.
    private static void AddDefaults(JsonObject members, Type type)
    {
        if (type == typeof(V1ContainerPort))
        {
            // Part of the key by which the server tells ports apart.
            members["protocol"] ??= "TCP";
        }
        else if (type == typeof(V1ObjectFieldSelector))
        {
            // This one and the next are owned as a whole.
            members["apiVersion"] ??= "v1";
        }
        else if (type == typeof(V1ResourceFieldSelector))
        {
            members["divisor"] ??= "0";
        }
    }

    private static bool IsEmpty(JsonNode value, Type declared) => value is JsonArray { Count: 0 } || (value is JsonObject { Count: 0 } && IsMap(declared));

    private static bool IsMap(Type declared) => declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(IDictionary<,>);

    private static Type TypeOf(Type type, string field) =>
        type.GetProperties().FirstOrDefault(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == field)?.PropertyType ?? typeof(object);

    private static Type ElementOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[^1] : typeof(object);
}
