using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>A field of a field set, and where it is in an object.</summary>
/// <param name="Steps">The keys of the field set on the way: <c>f:</c> with a name, <c>k:</c> with a list element's keys, <c>v:</c> with its value.</param>
internal sealed record ManagedPath(IReadOnlyList<string> Steps)
{
    /// <summary>Every field of a set, those between among them.</summary>
    public static IEnumerable<ManagedPath> In(JsonObject fields) => In(fields, []);

    /// <summary>As the server writes it in a conflict, for example <c>.spec.template.spec.containers[name="greeter"].image</c>.</summary>
    public string ServerText => string.Concat(Steps.Select(step => step[0] switch
    {
        'f' => $".{step[2..]}",
        'k' => $"[{string.Join(',', ((JsonObject)JsonNode.Parse(step[2..])!).Select(key => $"{key.Key}={key.Value?.ToJsonString()}"))}]",
        'v' => $"[={step[2..]}]",
        _ => $"[{step[2..]}]",
    }));

    /// <summary>The value there; null when there is none.</summary>
    public JsonNode? Find(JsonObject root) => Steps.Aggregate((JsonNode?)root, Next);

    /// <summary>As plans write it, for example <c>spec.template.spec.containers[name=greeter].image</c>.</summary>
    public string Text(JsonObject live, JsonObject desired)
    {
        var path = "";
        JsonNode? left = live;
        JsonNode? right = desired;
        foreach (var step in Steps)
        {
            var (nextLeft, nextRight) = (Next(left, step), Next(right, step));
            path = step[0] switch
            {
                'f' => FieldDifference.Member(path, step[2..]),
                'k' when FieldDifference.ElementKey(left as JsonArray ?? [], right as JsonArray ?? []) is { } key && (nextLeft ?? nextRight)?[key] is { } name => $"{path}[{key}={name}]",
                'k' => $"{path}[{string.Join(',', ((JsonObject)JsonNode.Parse(step[2..])!).Select(key => $"{key.Key}={key.Value}"))}]",
                _ => $"{path}[{step[2..]}]",
            };
            (left, right) = (nextLeft, nextRight);
        }

        return path;
    }

    /// <summary>Takes the field out. False when it is not there, or cannot be without the element that it names.</summary>
    public bool Remove(JsonObject root)
    {
        var parent = Steps.SkipLast(1).Aggregate((JsonNode?)root, Next);
        return Steps[^1][0] switch
        {
            'f' when parent is JsonObject item => !IsElementKey(Steps[^1][2..]) && item.Remove(Steps[^1][2..]),
            'k' or 'v' when parent is JsonArray items && Next(parent, Steps[^1]) is { } element => items.Remove(element),
            _ => false,
        };
    }

    private bool IsElementKey(string name) => Steps.Count > 1 && Steps[^2][0] == 'k' && JsonNode.Parse(Steps[^2][2..])![name] is not null;

    private static IEnumerable<ManagedPath> In(JsonObject fields, IReadOnlyList<string> above)
    {
        foreach (var (key, below) in fields.Where(field => field.Key.Length > 1))
        {
            var path = new ManagedPath([.. above, key]);
            yield return path;
            foreach (var deeper in In(below as JsonObject ?? [], path.Steps))
            {
                yield return deeper;
            }
        }
    }

    private static JsonNode? Next(JsonNode? node, string step) => (step[0], node) switch
    {
        ('f', JsonObject item) => item[step[2..]],
        ('k', JsonArray items) when JsonNode.Parse(step[2..]) is JsonObject key => items.FirstOrDefault(item =>
            key.All(part => JsonNode.DeepEquals((item as JsonObject)?[part.Key], part.Value))),
        ('v', JsonArray items) => items.FirstOrDefault(item => JsonNode.DeepEquals(item, JsonNode.Parse(step[2..]))),
        _ => null,
    };
}
