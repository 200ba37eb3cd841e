using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a plugin said last before it failed, without what the kubeconfig told it in confidence.</summary>
internal static class PluginWords
{
    private const int Longest = 300;

    private static readonly string[] Secretive = ["secret", "password", "token", "key", "certificate", "credential"];

    public static string? LastLine(string errors, JsonObject exec)
    {
        var line = errors.Split('\n').Select(item => item.Trim()).LastOrDefault(item => item.Length > 0);
        if (line is null)
        {
            return null;
        }

        var hidden = SecretMask.Hide(line, [.. Secrets(exec).Where(value => value.Length > 0)]);
        return hidden.Length <= Longest ? hidden : hidden[..Longest] + "…";
    }

    private static IEnumerable<string> Secrets(JsonObject exec)
    {
        foreach (var variable in exec.Objects("env"))
        {
            yield return variable.Text("value") ?? "";
        }

        // --client-secret=… and --client-secret …
        var before = "";
        foreach (var argument in exec.Texts("args"))
        {
            var parts = argument.Split('=', 2);
            if (IsSecretive(parts[0]) && parts.Length == 2)
            {
                yield return parts[1];
            }
            else if (IsSecretive(before) && !before.Contains('=', StringComparison.Ordinal))
            {
                yield return argument;
            }

            before = argument;
        }
    }

    private static bool IsSecretive(string flag) =>
        flag.StartsWith('-') && Secretive.Any(word => flag.Contains(word, StringComparison.OrdinalIgnoreCase));
}
