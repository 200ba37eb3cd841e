using System.Globalization;
using System.Text.Json.Nodes;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What the API answered when the Deployment was applied: what is older is no news.</summary>
internal sealed record AppliedObject(string Uid, long Generation, DateTime Created)
{
    public static AppliedObject? Of(JsonObject? answer) => answer?["metadata"] is JsonObject metadata && (string?)metadata["uid"] is { } uid
        ? new AppliedObject(
            uid,
            (long?)metadata["generation"] ?? 0,
            DateTime.TryParse((string?)metadata["creationTimestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var created) ? created : DateTime.MinValue)
        : null;

    /// <summary>Whether this is from before it was applied. A stream that is shared may not have heard of it yet.</summary>
    public bool IsNewerThan(V1Deployment deployment) => deployment.Metadata.Uid == Uid
        ? deployment.Metadata.Generation < Generation
        : deployment.Metadata.CreationTimestamp < Created;
}
