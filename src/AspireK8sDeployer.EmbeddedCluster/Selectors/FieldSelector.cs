using System.Text;
using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

/// <summary>Which values an object's selectable fields must have.</summary>
internal sealed class FieldSelector
{
    public static readonly FieldSelector Everything = new([]);

    private readonly IReadOnlyList<Requirement> _requirements;

    private FieldSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    public bool IsEverything => _requirements.Count == 0;

    /// <summary>The name that an object must have, when the selector asks for one.</summary>
    public string? Name => _requirements.FirstOrDefault(r => r is { Path: "metadata.name", Equal: true })?.Value;

    /// <summary>Reads <c>metadata.name=a,status.phase!=Running</c>; 400 when it is malformed or names a field that cannot be selected on.</summary>
    public static FieldSelector Parse(ResourceDefinition resource, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        var requirements = new List<Requirement>();
        foreach (var term in Split(text).Where(term => term.Length > 0))
        {
            var (field, equal, value) = ParseTerm(term)
                ?? throw ApiException.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            var path = SelectableFields.PathOf(resource, field) ?? throw SelectableFields.Unknown(resource, field);
            requirements.Add(new Requirement(path, equal, Unescape(value)));
        }

        return new FieldSelector(requirements);
    }

    /// <summary>
    /// The one name that the text asks for, before it is known what can be selected on; null when there is none, or it is none.
    /// Whoever is allowed that object may also list and watch it alone.
    /// </summary>
    public static string? NameIn(string? text)
    {
        try
        {
            return Split(text ?? "").Select(ParseTerm).FirstOrDefault(term => term is { Field: "metadata.name", Equal: true }) is { } name
                && Unescape(name.Value) is not ("" or "." or "..") and var value && !value.AsSpan().ContainsAny('/', '%')
                    ? value
                    : null;
        }
        catch (ApiException)
        {
            return null; // whoever reads the whole selector complains
        }
    }

    public bool Matches(StoredObject obj)
    {
        if (_requirements.Count == 0)
        {
            return true;
        }

        JsonDocument? document = null;
        try
        {
            foreach (var requirement in _requirements)
            {
                var value = requirement.Path switch
                {
                    "metadata.name" => obj.Name,
                    "metadata.namespace" => obj.Namespace,
                    _ => ValueAt((document ??= JsonDocument.Parse(obj.Json)).RootElement, requirement.Path),
                };
                if (value == requirement.Value != requirement.Equal)
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            document?.Dispose();
        }
    }

    private static string ValueAt(JsonElement element, string path)
    {
        // "a|b": the first one that is there. Some fields have been called differently in time.
        foreach (var alternative in path.Split('|'))
        {
            var value = element;
            var found = true;
            foreach (var segment in alternative.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(segment, out value))
                {
                    found = false;
                    break;
                }
            }

            var text = !found ? "" : value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            };
            if (text.Length > 0)
            {
                return text;
            }
        }

        // Switches that are off and counts of nothing are left out of objects but not out of the question.
        return SelectableFields.ZeroOf(path);
    }

    private static IEnumerable<string> Split(string text)
    {
        var term = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                term.Append(text[i]).Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return term.ToString();
                term.Clear();
            }
            else
            {
                term.Append(text[i]);
            }
        }

        yield return term.ToString();
    }

    private static (string Field, bool Equal, string Value)? ParseTerm(string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            foreach (var (op, equal) in ((string, bool)[])[("!=", false), ("==", true), ("=", true)])
            {
                if (term.AsSpan(i).StartsWith(op, StringComparison.Ordinal))
                {
                    return (term[..i], equal, term[(i + op.Length)..]);
                }
            }
        }

        return null;
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
                if (i == value.Length || value[i] is not ('\\' or ',' or '='))
                {
                    throw ApiException.BadRequest($"invalid field selector: invalid escape sequence in value: {value}");
                }
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }

    private sealed record Requirement(string Path, bool Equal, string Value);
}
