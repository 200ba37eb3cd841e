using System.Net;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>What the API does not accept, by name: the server's status and words, which do not change between versions.</summary>
internal static class RejectionRules
{
    private static readonly (string Words, string Code)[] Causes =
    [
        ("provided port is already allocated", "NODEPORT_TAKEN"),
        ("provided port is not in the valid range", "NODEPORT_TAKEN"),
        ("field is immutable", "IMMUTABLE"),
        ("may not change once set", "IMMUTABLE"),
        ("updates to statefulset spec for fields other than", "IMMUTABLE"),
        ("does not support dry run", "DRYRUN_UNSUPPORTED"),
        ("field not declared in schema", "STRICT_FIELD"),
        ("unknown field", "STRICT_FIELD"),
        ("may not be more than", "TOO_LARGE"),
        ("Request entity too large", "TOO_LARGE"),
        ("Too long: must have at most", "TOO_LARGE"),
        ("violates PodSecurity", "PODSECURITY"),
        ("must specify", "QUOTA_MUST_SPECIFY"),
        ("exceeded quota", "QUOTA_OBJECTS"),
        ("failed calling webhook", "WEBHOOK_DOWN"),
        ("ValidatingAdmissionPolicy", "POLICY_DENIED"),
        ("denied the request", "WEBHOOK_DENIED"),
        ("usage per", "LIMITRANGE"),
        ("is already defined in ingress", "INGRESS_HOST_TAKEN"),
    ];

    /// <summary>The cause's name in the failure catalogue; null when the answer has none.</summary>
    public static string? CodeOf(ApiFailure failure)
    {
        if (failure.IsNamespaceTerminating)
        {
            return "NS_TERMINATING";
        }

        // The controller of an Ingress says so through its webhook: what it says tells more than that it did.
        var (_, code) = Causes.OrderByDescending(cause => cause.Code == "INGRESS_HOST_TAKEN").FirstOrDefault(cause => failure.Message.Contains(cause.Words, StringComparison.OrdinalIgnoreCase));
        return code ?? failure.Code switch
        {
            HttpStatusCode.Unauthorized => "UNAUTHENTICATED",
            HttpStatusCode.Forbidden => "FORBIDDEN",
            HttpStatusCode.NotFound when failure.Message.StartsWith("namespaces ", StringComparison.Ordinal) => "NS_NOT_FOUND",
            HttpStatusCode.NotFound => "API_MISSING",
            HttpStatusCode.Conflict when failure.IsFieldConflict => "CONFLICT",
            HttpStatusCode.RequestEntityTooLarge => "TOO_LARGE",
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => "INVALID",
            _ => null,
        };
    }
}
