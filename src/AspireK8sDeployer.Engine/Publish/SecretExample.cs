using System.Text;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>The file that says which secret values are to be filled in.</summary>
internal static class SecretExample
{
    public static string Of(IEnumerable<string> variables, IReadOnlyDictionary<string, string> sources)
    {
        var text = new StringBuilder("# Copy this to .env and fill in the values: all behind the \"=\", as it is, without quotes and on one line.\n");
        foreach (var variable in variables)
        {
            if (sources.TryGetValue(variable, out var source))
            {
                text.Append("\n# ").Append(OnOneLine(source));
            }

            text.Append('\n').Append(variable).Append("=\n");
        }

        return text.ToString();
    }

    // What follows a line break would be read as a variable.
    private static string OnOneLine(string source) => string.Join(' ', source.Split((char[])['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
}
