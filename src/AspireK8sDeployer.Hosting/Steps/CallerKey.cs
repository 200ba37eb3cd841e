using System.Net.Http.Headers;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The key that a pipeline asks its callers for.</summary>
/// <param name="Value">The key, for calls of our own; null when it could not be read. Never printed.</param>
/// <param name="Command">A command that writes it, for lines that are printed.</param>
internal sealed record CallerKey(string? Value, string Command)
{
    public static CallerKey Of(DeploymentSettings settings, string kubectl, string? value) => new(
        value, $"{kubectl} --namespace {settings.Namespace} get secret {AuthKey.SecretName(settings.Name)} -o jsonpath='{{.data.{AuthKey.SecretKey}}}' | base64 -d | head -n 1");

    /// <summary>For curl: the shell asks for the key when the line is run.</summary>
    public string CurlOption => $" -H \"Authorization: {new AuthenticationHeaderValue("Bearer", $"$({Command})")}\"";

    /// <summary>Never the key.</summary>
    public override string ToString() => Command;
}
