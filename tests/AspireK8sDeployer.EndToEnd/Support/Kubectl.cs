using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>The real kubectl against the cluster under test: what a user of the cluster would see.</summary>
internal sealed class Kubectl(string kubeconfig)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Why tests that need kubectl cannot run here, or null when they can.</summary>
    public static string? Missing { get; } = Find() is null ? "kubectl is not on PATH" : null;

    public async Task<string> RunAsync(string arguments, CancellationToken cancellationToken)
    {
        var result = await TryAsync(arguments, cancellationToken);
        return result.ShouldSucceed().Output;
    }

    public Task<ProcessResult> TryAsync(string arguments, CancellationToken cancellationToken) =>
        RunningProcess.RunAsync(Find()!, [.. arguments.Split(' '), "--kubeconfig", kubeconfig], Timeout, cancellationToken);

    public async Task<JsonObject> GetAsync(string arguments, CancellationToken cancellationToken) =>
        JsonNode.Parse(await RunAsync($"get {arguments} -o json", cancellationToken))!.AsObject();

    public RunningProcess Start(string arguments) =>
        RunningProcess.Start(Find()!, [.. arguments.Split(' '), "--kubeconfig", kubeconfig]);

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "kubectl"))
            .FirstOrDefault(File.Exists);
}
