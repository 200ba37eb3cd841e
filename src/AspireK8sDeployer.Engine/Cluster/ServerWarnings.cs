using System.Net.Http.Headers;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What the API server warned of, each thing once.</summary>
internal sealed class ServerWarnings
{
    private const int Longest = 500;
    private const int MostTexts = 50;

    private readonly Lock _changing = new();
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_changing)
            {
                return [.. _texts];
            }
        }
    }

    public void Take(HttpResponseMessage response)
    {
        // 299 is the one code that Kubernetes uses; others are of proxies, and about their caches.
        foreach (var warning in response.Headers.Warning.Where(warning => warning.Code == 299))
        {
            Add(Text(warning));
        }
    }

    private void Add(string text)
    {
        lock (_changing)
        {
            if (text.Length > 0 && _texts.Count < MostTexts && !_texts.Contains(text))
            {
                _texts.Add(text);
            }
        }
    }

    // A quoted string, in which quotes and backslashes have a backslash before them.
    private static string Text(WarningHeaderValue warning)
    {
        var quoted = warning.Text;
        var text = (quoted is ['"', .., '"'] ? quoted[1..^1] : quoted).Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal).Trim();
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
