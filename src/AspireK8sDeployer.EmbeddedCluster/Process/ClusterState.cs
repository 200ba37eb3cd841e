using System.Text.Json;
using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>What a cluster keeps besides its objects, so that it is the same cluster after a restart.</summary>
internal sealed record ClusterState
{
    private const string FileName = "cluster.json";

    /// <summary>What this cluster's processes are known by.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>The X of its network 127.X.0.0/16.</summary>
    public byte? Network { get; init; }

    public int RegistryPort { get; init; }

    /// <summary>The names that images of its registry may begin with from earlier starts.</summary>
    public IReadOnlyList<string> FormerRegistryHosts { get; init; } = [];

    public required RegistryCredentials Credentials { get; init; }

    public static ClusterState Load(string directory)
    {
        var file = Path.Combine(directory, FileName);
        return File.Exists(file) && JsonSerializer.Deserialize<ClusterState>(File.ReadAllText(file)) is { } state
            ? state
            : new ClusterState { Credentials = RegistryCredentials.Create() };
    }

    public void Save(string directory) => PrivateFile.Write(Path.Combine(directory, FileName), JsonSerializer.Serialize(this));
}
