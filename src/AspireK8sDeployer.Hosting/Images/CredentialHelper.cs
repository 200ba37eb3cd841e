using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Asks a program that keeps logins, as Docker does: <c>docker-credential-… get</c>.</summary>
internal static class CredentialHelper
{
    private const string Code = "K8SD811";

    /// <summary>The login that the program has for a registry's key, or null when it has none or is not there.</summary>
    /// <exception cref="DeploymentException">It does not answer in time.</exception>
    public static async Task<ImageCredentials?> AskAsync(
        string command, IEnumerable<string> arguments, string key, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var process = Start(command, arguments);
        if (process is null)
        {
            return null;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        try
        {
            var answer = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var complaint = process.StandardError.ReadToEndAsync(timeout.Token);
            await WriteAsync(process, key, timeout.Token).ConfigureAwait(false);
            await Task.WhenAll(answer, complaint, process.WaitForExitAsync(timeout.Token)).ConfigureAwait(false);
            return process.ExitCode == 0 ? Read(await answer.ConfigureAwait(false)) : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new DeploymentException(
                Code, "image", $"{command} did not tell the login for {key} in {patience.TotalSeconds:0} s",
                "it may be waiting for a keychain to be unlocked: unlock it, and deploy again");
        }
    }

    private static Process? Start(string command, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task WriteAsync(Process process, string key, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(key.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    // {"ServerURL":"…","Username":"…","Secret":"…"}
    private static ImageCredentials? Read(string answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer);
            return JsonText.Of(body.RootElement, "Username") is { } user && JsonText.Of(body.RootElement, "Secret") is { } secret
                ? new ImageCredentials(user, secret)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
