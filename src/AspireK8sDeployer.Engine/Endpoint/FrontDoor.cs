using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>What is in front of the Service: an Ingress, or a route of a Gateway.</summary>
/// <param name="Object">Which.</param>
/// <param name="Live">As it is in the cluster.</param>
/// <param name="Candidates">Where the pipeline may answer through it.</param>
/// <param name="HasAddress">Whether its controller has given it an address.</param>
/// <param name="Refusal">Why its controller does not serve it, when it says so.</param>
internal sealed record FrontDoor(ObjectId Object, JsonObject Live, IReadOnlyList<EndpointCandidate> Candidates, bool HasAddress, string? Refusal = null)
{
    public DateTimeOffset? Created => DateTimeOffset.TryParse(
        (string?)Live["metadata"]?["creationTimestamp"], System.Globalization.CultureInfo.InvariantCulture, out var created) ? created : null;
}
