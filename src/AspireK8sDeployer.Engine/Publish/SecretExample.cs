using System.Text;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>The file that says which secret values are to be filled in.</summary>
internal static class SecretExample
{
    /// <summary>The text.</summary>
    /// <param name="variables">The secret environment variables.</param>
    /// <param name="sources">What each is made of.</param>
    /// <param name="files">The files that hold other values.</param>
    public static string Of(IEnumerable<string> variables, IReadOnlyDictionary<string, string> sources, IReadOnlyCollection<string> files)
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

        if (files.Count > 0)
        {
            text.Append("\n# Besides this, each of these files is to hold one value, byte for byte:\n").AppendJoin("", files.Select(file => $"#   {file}\n"));
        }

        return text.ToString();
    }

    // What follows a line break would be read as a variable.
    private static string OnOneLine(string source) => string.Join(' ', source.Split((char[])['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
}
