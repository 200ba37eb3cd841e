using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>
/// The part of JSONPath that column definitions use: fields, quoted fields, indexes, and filters of the form
/// <c>[?(@.type=="Ready")]</c>.
/// </summary>
internal static class SimpleJsonPath
{
    public static JsonNode? Find(JsonNode? root, string path)
    {
        var node = root;
        var i = 0;
        while (i < path.Length && node is not null)
        {
            if (path[i] == '.')
            {
                i++;
            }
            else if (path[i] == '[')
            {
                var end = EndOfBracket(path, i);
                if (end < 0)
                {
                    return null;
                }

                node = Bracket(node, path[(i + 1)..end]);
                i = end + 1;
            }
            else
            {
                var end = i;
                while (end < path.Length && path[end] is not ('.' or '['))
                {
                    end += path[end] == '\\' ? 2 : 1;
                }

                node = (node as JsonObject)?[path[i..Math.Min(end, path.Length)].Replace("\\", "", StringComparison.Ordinal)];
                i = end;
            }
        }

        return node;
    }

    private static int EndOfBracket(string path, int start)
    {
        var quote = '\0';
        for (var i = start + 1; i < path.Length; i++)
        {
            if (quote != '\0')
            {
                quote = path[i] == quote ? '\0' : quote;
            }
            else if (path[i] is '"' or '\'')
            {
                quote = path[i];
            }
            else if (path[i] == ']')
            {
                return i;
            }
        }

        return -1;
    }

    private static JsonNode? Bracket(JsonNode node, string inside)
    {
        if (inside.Length > 1 && inside[0] is '"' or '\'')
        {
            return (node as JsonObject)?[inside[1..^1]];
        }

        if (node is not JsonArray array)
        {
            return null;
        }

        if (int.TryParse(inside, out var index))
        {
            index = index < 0 ? array.Count + index : index;
            return index >= 0 && index < array.Count ? array[index] : null;
        }

        if (inside == "*")
        {
            return array.FirstOrDefault();
        }

        var equals = inside.IndexOf("==", StringComparison.Ordinal);
        if (!inside.StartsWith("?(@.", StringComparison.Ordinal) || equals < 0)
        {
            return null;
        }

        var field = inside[4..equals].Trim();
        var value = inside[(equals + 2)..].TrimEnd(')').Trim().Trim('"', '\'');
        return array.FirstOrDefault(item => item?[field]?.ToString() == value);
    }
}
