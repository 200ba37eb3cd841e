using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>The record of one deploy, kept in the cluster as a Secret: written before anything is applied, and completed afterwards.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Info">What is told of it.</param>
/// <param name="Digest">Tells the recorded objects from others.</param>
/// <param name="Manifest">The recorded objects, packed; null when they were too large to be kept.</param>
internal sealed record Release(DeploymentIdentity Deployment, ReleaseInfo Info, string Digest, byte[]? Manifest)
{
    /// <summary>The images of all containers.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Each object that changed, and how; values are not in it.</summary>
    public IReadOnlyList<string> Plan { get; init; } = [];

    /// <summary>The immutable Secrets and ConfigMaps that it needs, as <c>Kind/name</c>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether the image was built by us, which is not to be seen from the objects.</summary>
    public bool ImageIsOurs { get; init; } = true;

    public TimeSpan DeployTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What was seen of its pods when it failed, packed.</summary>
    public byte[]? Evidence { get; init; }

    /// <summary>The version read, which guards the next write.</summary>
    public string? ResourceVersion { get; init; }

    public string? Uid { get; init; }

    public int Revision => Info.Revision;

    public ReleaseOutcome Outcome => Info.Outcome;

    public ObjectId Id => new("v1", "Secret", Deployment.Namespace, Names.Release(Deployment.Name, Revision));

    /// <summary>The recorded objects, without the values of Secrets; null when there are none that can be read.</summary>
    public RenderedManifest? Objects => Manifest is null ? null : PackedManifest.Unpack(Manifest);

    /// <summary>Whether it is the same objects that a manifest has.</summary>
    public bool IsOf(RenderedManifest manifest) => Digest == PackedManifest.DigestOf(manifest);

    public Release With(ReleaseOutcome outcome, DateTimeOffset? ended = null, string? failure = null) =>
        this with { Info = Info with { Outcome = outcome, Ended = ended, Failure = failure } };
}
