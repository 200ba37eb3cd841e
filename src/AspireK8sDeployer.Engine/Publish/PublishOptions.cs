using AspireK8sDeployer.Engine.Rbac;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>What only whoever publishes knows.</summary>
public sealed record PublishOptions
{
    /// <summary>The image; that of the settings when absent.</summary>
    public PublishedImage? Image { get; init; }

    /// <summary>
    /// What to fill in for a secret environment variable, by its name: for example <c>{db-password.value}</c>, the parameter
    /// that it is. It is published as a comment, so nothing secret.
    /// </summary>
    public IReadOnlyDictionary<string, string> SecretSources { get; init; } = new Dictionary<string, string>();

    /// <summary>Who is to have the rights of <c>rbac.yaml</c>.</summary>
    public RbacSubject Subject { get; init; } = RbacSubject.ReplaceMe;
}
