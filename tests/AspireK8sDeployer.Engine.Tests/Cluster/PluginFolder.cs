using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>A folder with a plugin (a shell script) and a kubeconfig that names it.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugin-");

    public string Kubeconfig => Path.Combine(_folder.FullName, "config");

    /// <summary>How often the plugin has run.</summary>
    public int Runs => File.Exists(Path.Combine(_folder.FullName, "runs")) ? File.ReadAllLines(Path.Combine(_folder.FullName, "runs")).Length : 0;

    /// <summary>What the plugin was told last.</summary>
    public JsonObject Told => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "told")))!;

    public static Surroundings Surroundings { get; } = new() { IsInteractive = false, PluginPatience = TimeSpan.FromSeconds(20) };

    /// <summary>Writes the plugin; <c>$run</c> is the number of the run, <c>give TOKEN [MORE]</c> prints credentials.</summary>
    public void Write(string kubeconfig, string script, string name = "plugin", string execFields = "")
    {
        var plugin = Path.Combine(_folder.FullName, name);
        File.WriteAllText(
            plugin,
            $$$"""
            #!/bin/sh
            cd "$(dirname "$0")"
            echo run >> runs
            run=$(wc -l < runs)
            printf '%s' "$KUBERNETES_EXEC_INFO" > told
            give() { printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"%s}}' "$1" "$2"; }
            {{{script}}}
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var lines = kubeconfig.Split('\n').Select(line => line.TrimStart().StartsWith("token:", StringComparison.Ordinal)
            ? $"    exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./{name}, interactiveMode: IfAvailable{execFields}}}"
            : line);
        File.WriteAllText(Kubeconfig, string.Join('\n', lines));
    }

    public DeploymentEngine Connect() =>
        new(() => KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = Kubeconfig }, Surroundings), new DeploymentEngineOptions());

    public void Dispose() => _folder.Delete(recursive: true);
}
