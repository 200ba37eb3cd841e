using System.Text;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Puts values in place of <c>$(NAME)</c>; <c>$$(NAME)</c> is the text <c>$(NAME)</c>, and unknown names stay. Pure.</summary>
internal static class VariableExpansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var end = text[i + 1] == '(' ? text.IndexOf(')', i) : -1;
            if (end > 0)
            {
                var name = text[(i + 2)..end];
                result.Append(variables.TryGetValue(name, out var value) ? value : $"$({name})");
                i = end;
            }
            else
            {
                // "$$" is one "$", and one that begins nothing is itself.
                result.Append('$');
                i += text[i + 1] == '$' ? 1 : 0;
            }
        }

        return result.ToString();
    }
}
