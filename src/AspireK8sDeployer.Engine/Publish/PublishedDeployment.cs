namespace AspireK8sDeployer.Engine.Publish;

/// <summary>A deployment as a folder for <c>kubectl apply --server-side -k</c>; the same settings give the same bytes.</summary>
/// <param name="Files">The files' contents by their names, each in UTF-8 with line feeds; no secret value is in any.</param>
public sealed record PublishedDeployment(IReadOnlyDictionary<string, string> Files)
{
    /// <summary>What kustomize reads: the objects, the image, and how the Secrets are made.</summary>
    public const string Kustomization = "kustomization.yaml";

    /// <summary>The rights that a deploy with this tool needs; for an administrator, and no part of the kustomization.</summary>
    public const string Rights = "rbac.yaml";

    /// <summary>The secret environment variables; made by the user, and not published.</summary>
    public const string SecretValues = ".env";

    /// <summary>What to fill into <see cref="SecretValues"/>.</summary>
    public const string SecretExample = ".env.example";

    /// <summary>The values of other Secrets, a file each; made by the user, and not published.</summary>
    public const string SecretFiles = "secrets";
}
