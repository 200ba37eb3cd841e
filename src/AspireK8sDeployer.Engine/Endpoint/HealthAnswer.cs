using System.Net;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>What an address said when it was asked whether the pipeline is well there.</summary>
/// <param name="Status">The answer's status; null when there was none.</param>
/// <param name="IsHostUnknown">Whether DNS does not know the host.</param>
/// <param name="CertificateProblem">Why its certificate is not trusted, when it is not.</param>
internal sealed record HealthAnswer(HttpStatusCode? Status, bool IsHostUnknown = false, string? CertificateProblem = null)
{
    public bool IsWell => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}
