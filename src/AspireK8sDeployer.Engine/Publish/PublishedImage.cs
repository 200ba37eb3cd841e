using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Publish;

/// <summary>An image as <c>kustomization.yaml</c> names it.</summary>
/// <param name="Name">Registry and repository.</param>
/// <param name="Tag">The tag, if it has one.</param>
/// <param name="Digest">The digest, if it is known.</param>
public sealed record PublishedImage(string Name, string? Tag, string? Digest)
{
    /// <summary>What stands where something is to be filled in.</summary>
    public const string Placeholder = PublishedSecrets.Placeholder;

    /// <summary>An image that is yet to be built: a placeholder for its tag, and for its repository unless that is known.</summary>
    /// <param name="repository">Where it will be pushed to, such as <c>registry.example.com/greeter</c>.</param>
    public static PublishedImage Unbuilt(string? repository) => new(repository ?? Placeholder, Placeholder, null);

    /// <summary>An image that is there.</summary>
    /// <param name="reference">For example <c>registry.example.com/greeter:1.4</c>, or by digest, or both.</param>
    public static PublishedImage Of(string reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(reference);
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : reference[(at + 1)..];
        var name = at < 0 ? reference : reference[..at];

        // Before the last slash a colon begins the registry's port.
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/')
            ? new PublishedImage(name[..colon], name[(colon + 1)..], digest)
            : new PublishedImage(name, null, digest);
    }
}
