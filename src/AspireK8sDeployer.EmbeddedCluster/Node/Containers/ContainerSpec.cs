namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Everything that a container's process is started with.</summary>
internal sealed record ContainerSpec
{
    public required string Id { get; init; }

    /// <summary>The container's own directory: its writable layer and what it is started by.</summary>
    public required string Directory { get; init; }

    /// <summary>The image's files; not changed by the container.</summary>
    public required string ImageRoot { get; init; }

    public IReadOnlyList<BindMount> Mounts { get; init; } = [];

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The user to run as, where this process may choose.</summary>
    public uint User { get; init; }

    public uint Group { get; init; }

    public bool AllowPrivilegeEscalation { get; init; } = true;

    public bool ReadOnlyRoot { get; init; }
}
