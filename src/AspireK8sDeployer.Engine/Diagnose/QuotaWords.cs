using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Reads <c>exceeded quota: team, requested: limits.cpu=4, used: limits.cpu=10, limited: limits.cpu=12</c>.</summary>
internal static class QuotaWords
{
    /// <summary>Whether it would not fit either if nothing else were there.</summary>
    public static bool NeverFits(string message)
    {
        var limited = Values(message, "limited: ");
        return Values(message, "requested: ").Any(asked => limited.TryGetValue(asked.Key, out var limit) && asked.Value > limit);
    }

    private static Dictionary<string, decimal> Values(string message, string label)
    {
        var start = message.IndexOf(label, StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        // Until the next label: the values are separated like the labels, by commas.
        Dictionary<string, decimal> values = [];
        foreach (var part in message[(start + label.Length)..].Split(','))
        {
            if (part.Contains(": ", StringComparison.Ordinal) || part.Split('=') is not [var name, var text])
            {
                break;
            }

            if (Number(text.Trim()) is { } number)
            {
                values[name.Trim()] = number;
            }
        }

        return values;
    }

    private static decimal? Number(string text)
    {
        try
        {
            return new ResourceQuantity(text).ToDecimal();
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
