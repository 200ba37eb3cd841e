using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Runs the program that a kubeconfig names for its credentials (<c>client.authentication.k8s.io</c>), as kubectl does.
/// </summary>
/// <remarks>
/// Not KubernetesClient's own, which joins the arguments with blanks, gives the plugin our standard input whatever
/// <c>interactiveMode</c> says, never gets a certificate anew, and quotes what it could not read.
/// </remarks>
internal sealed class CredentialPlugin(KubeconfigContext context, Surroundings surroundings)
{
    private static readonly string[] Versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1", "client.authentication.k8s.io/v1alpha1"];

    private readonly JsonObject _exec = (JsonObject)context.User["exec"]!;

    /// <summary>The program's name, without its folder.</summary>
    public string Name => Path.GetFileName(_exec.Text("command") ?? "");

    private bool IsInteractive => _exec.Text("interactiveMode") != "Never" && surroundings.IsInteractive;

    public async Task<Credential> RunAsync(CancellationToken cancellationToken)
    {
        Check();
        using var process = new Process { StartInfo = StartInfo() };
        Start(process);
        var patience = IsInteractive ? surroundings.LoginPatience : surroundings.PluginPatience;
        using var limit = new TimeLimit(patience, surroundings.Time, cancellationToken);
        try
        {
            if (!IsInteractive)
            {
                process.StandardInput.Close();
            }

            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            // What an interactive plugin asks goes to the user as it comes.
            var errors = IsInteractive ? Task.FromResult("") : process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            var said = PluginWords.LastLine(await errors.ConfigureAwait(false), _exec);
            return process.ExitCode == 0
                ? Read(await output.ConfigureAwait(false))
                : throw Failure($"ended with exit code {process.ExitCode}{(said is null ? "" : $": {said}")}", PluginAdvice.LogIn(Name));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw Failure($"gave nothing within {patience.TotalSeconds:0.#} s", PluginAdvice.LogIn(Name));
        }
        catch (IOException)
        {
            throw Failure("broke off", PluginAdvice.LogIn(Name));
        }
    }

    private void Check()
    {
        if (Name.Length == 0)
        {
            throw Kubeconfig.Broken(context.Files, $"the user of context '{context.Name}' has a plugin without a command");
        }

        if (!Versions.Contains(_exec.Text("apiVersion")))
        {
            throw Kubeconfig.Broken(context.Files, $"the plugin of context '{context.Name}' has none of the apiVersions {string.Join(", ", Versions)}");
        }

        if (_exec.Text("interactiveMode") == "Always" && !surroundings.IsInteractive)
        {
            throw Failure("asks its user, and nobody can answer here", PluginAdvice.LogIn(Name));
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(Find(_exec.Text("command")!), _exec.Texts("args"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = !IsInteractive,
            RedirectStandardInput = !IsInteractive,
            UseShellExecute = false,
        };
        foreach (var variable in _exec.Objects("env"))
        {
            if (variable.Text("name") is { Length: > 0 } name)
            {
                info.Environment[name] = variable.Text("value") ?? "";
            }
        }

        info.Environment["KUBERNETES_EXEC_INFO"] = PluginRequest.Of(context, IsInteractive).ToJsonString();
        return info;
    }

    // .NET would look into the working directory first, where anybody may have put a program of that name.
    private string Find(string command)
    {
        if (command.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar) || OperatingSystem.IsWindows())
        {
            return command;
        }

        return (surroundings.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists) ?? throw Missing();
    }

    private void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            const int noSuchFile = 2;
            throw failure.NativeErrorCode == noSuchFile ? Missing() : Failure("cannot be run", $"see that this user may run '{Name}', and deploy again");
        }
    }

    private Credential Read(string output)
    {
        try
        {
            var status = JsonNode.Parse(output) is JsonObject answer && answer.Text("kind") == "ExecCredential" && answer.Text("apiVersion") == _exec.Text("apiVersion")
                ? answer["status"] as JsonObject
                : null;
            var token = status?.Text("token");
            var (certificate, key) = (status?.Text("clientCertificateData"), status?.Text("clientKeyData"));
            if (string.IsNullOrEmpty(token) && (string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key)))
            {
                throw Failure($"gave neither token nor certificate of {_exec.Text("apiVersion")}", PluginAdvice.LogIn(Name));
            }

            return new Credential
            {
                Header = string.IsNullOrEmpty(token) ? null : Credential.Bearer(token),
                Certificate = string.IsNullOrEmpty(certificate) ? null : ClientCertificate.FromPem(certificate, key ?? ""),
                Expires = status?.Text("expirationTimestamp") is { Length: > 0 } end ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) : null,
            };
        }
        catch (Exception failure) when (failure is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            // Without the failure, which may quote what was read.
            throw Failure("gave something that is no ExecCredential", PluginAdvice.LogIn(Name));
        }
    }

    private DeploymentException Missing() => Failure("is not installed", PluginAdvice.Install(Name, _exec.Text("installHint")));

    private DeploymentException Failure(string problem, string fix) => new(
        "K8SD203", "connect", $"Context '{context.Name}' has no credentials: the plugin '{Name}' {problem}", fix)
    {
        Reason = "UNAUTHENTICATED",
    };
}
