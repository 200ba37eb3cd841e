namespace AspireK8sDeployer.Engine.Settings;

/// <summary>As whom the pods call the Kubernetes API, if they do.</summary>
public sealed record ServiceAccountSettings
{
    /// <summary>
    /// The ServiceAccount; the namespace's default one when absent, or one named as the deployment when it is to be created.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Whether it is created, and removed, with the deployment.</summary>
    public bool Create { get; init; }

    /// <summary>Annotations of the ServiceAccount that is created, for example those by which a cloud gives it an identity.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>A Role of the namespace that is bound to it.</summary>
    public string? Role { get; init; }

    /// <summary>A ClusterRole, for example <c>view</c>, that is bound to it in the namespace.</summary>
    public string? ClusterRole { get; init; }

    /// <summary>Whether the pods get its token.</summary>
    public bool MountToken { get; init; }
}
