using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Describe;

/// <summary>How a deployment is doing at one moment.</summary>
/// <param name="Deployment">The deployment.</param>
public sealed record DeploymentDescription(DeploymentIdentity Deployment)
{
    /// <summary>Whether it is in the cluster at all.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>Whether all its replicas are ready, with what it was deployed as last.</summary>
    public bool IsReady { get; init; }

    /// <summary>The state in words, for example <c>1 of 2 replicas available</c>.</summary>
    public string State { get; init; } = "not deployed";

    /// <summary>The revision that runs, or is on its way to; null when none is recorded.</summary>
    public int? Revision { get; init; }

    /// <summary>The image of the pipeline.</summary>
    public string? Image { get; init; }

    /// <summary>How many replicas there are to be.</summary>
    public int Desired { get; init; }

    /// <summary>How many answer, of whatever revision.</summary>
    public int Ready { get; init; }

    /// <summary>Where it answers; null when that is not known.</summary>
    public Uri? Url { get; init; }

    /// <summary>When it was deployed first.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The last deploy, or roll back.</summary>
    public ReleaseInfo? Last { get; init; }

    /// <summary>Who is deploying it just now; null when nobody is.</summary>
    public string? DeployedBy { get; init; }
}
