using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>What is to be written, by whom and how; the same for requests over HTTP and through the in-process door.</summary>
internal sealed record WriteRequest(ResourceDefinition Resource, string Namespace, string Name)
{
    /// <summary><c>status</c>, <c>scale</c>, …; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>True for a PUT: a uid in its body must be that of the stored object.</summary>
    public bool IsReplacement { get; init; }

    public UserInfo User { get; init; } = UserInfo.Component;

    /// <summary>The field manager that the change is recorded under.</summary>
    public required string Manager { get; init; }

    /// <summary>Everything happens but the storing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Texts for <c>Warning</c> headers, in order.</summary>
    public List<string> Warnings { get; init; } = [];
}
