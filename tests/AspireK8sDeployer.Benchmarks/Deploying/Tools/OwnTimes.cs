using System.Text.Json;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>What a deploy of ours took, seen from inside.</summary>
/// <param name="Preflight">Checks before the deploys, in seconds.</param>
/// <param name="Deploys">The deploys, in seconds.</param>
internal sealed record OwnTimes(double Preflight, double Deploys)
{
    public static async Task<OwnTimes?> ReadAsync(string path, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<OwnTimes>(await File.ReadAllTextAsync(path, cancellationToken));

    public Task WriteAsync(string path, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this), cancellationToken);
}
