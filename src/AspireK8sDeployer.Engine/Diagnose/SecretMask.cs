using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Hides the values of secrets in what programs and the cluster say.</summary>
internal static class SecretMask
{
    // Shorter ones would hide ordinary words, and tell by that what they are.
    private const int Shortest = 6;

    /// <summary>Everything of a deployment that nobody shall read.</summary>
    public static IReadOnlyList<string> Of(DeploymentSettings settings)
    {
        IEnumerable<string> passwords = settings.PullCredentials is { } credentials ? [credentials.Password] : [];
        IEnumerable<string> keys = settings.AuthKey?.Value is { } key ? [key] : [];
        return [.. settings.SecretEnvironment.Values, .. settings.ValuesToHide, .. passwords, .. keys];
    }

    /// <summary>Also line by line: a key of several lines is rarely printed in one piece.</summary>
    public static string Hide(string text, IEnumerable<string> secrets) => secrets
        .SelectMany(secret => secret.Split('\n', StringSplitOptions.TrimEntries).Append(secret))
        .Distinct()
        .Where(secret => secret.Length >= Shortest)
        .OrderByDescending(secret => secret.Length)
        .Aggregate(text, (masked, secret) => masked.Replace(secret, "•••", StringComparison.Ordinal));
}
