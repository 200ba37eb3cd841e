using System.Net;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a failed call means to the user, where no stage knows better.</summary>
internal static class ClusterErrors
{
    /// <summary>What the user reads of a failed call; null when it is something else that failed.</summary>
    public static DeploymentException? Explain(Exception failure, string stage, Uri server) => failure switch
    {
        ApiFailure refused => OfAnswer(refused, stage, server),
        ClusterUnreachableException unreachable => OfSilence(unreachable, stage),
        _ => null,
    };

    private static DeploymentException OfAnswer(ApiFailure failure, string stage, Uri server) => failure.Code switch
    {
        HttpStatusCode.Unauthorized => new DeploymentException(
            "K8SD211", stage, $"{server} does not know this user: {failure.Refusal?.Problem ?? "the credentials are wrong or expired"}",
            failure.Refusal?.Fix ?? "log in again, or choose another context with .WithKubeContext(\"…\")", failure)
        {
            Reason = "UNAUTHENTICATED",
        },
        HttpStatusCode.Forbidden when failure.IsNamespaceTerminating => new DeploymentException(
            "K8SD224", stage, $"{failure.Subject}: its namespace is being deleted",
            "wait until it is gone and deploy again, or deploy to another with .WithNamespace(\"…\")", failure)
        {
            Reason = "NS_TERMINATING",
        },
        HttpStatusCode.Forbidden => new DeploymentException(
            "K8SD212", stage, $"{failure.Subject} is refused by {server}: {failure.Message}",
            "have the right granted, or use another context with .WithKubeContext(\"…\")", failure)
        {
            Reason = "FORBIDDEN",
        },
        HttpStatusCode.InternalServerError when failure.Webhook is { } webhook => new DeploymentException(
            "K8SD217", stage, $"{failure.Subject}: {server} could not ask the admission webhook {webhook}: {failure.Message}",
            "see that the pods behind it run, or ask who installed it; and deploy again", failure)
        {
            Reason = "WEBHOOK_UNREACHABLE",
        },
        _ => new DeploymentException(
            "K8SD214", stage, $"{failure.Subject}: {server} answered {(int)failure.Code}: {failure.Message}",
            "try again; if it stays so, see what the cluster's administrator says to the message", failure),
    };

    private static DeploymentException OfSilence(ClusterUnreachableException failure, string stage) => new(
        "K8SD210", stage, $"The cluster cannot be reached: {failure.Message}",
        failure.IsCertificate
            ? "correct the certificate authority in the kubeconfig; and check the clock of this machine"
            : "start it, or name another with .WithKubeContext(\"…\") or .WithKubeconfig(\"…\")",
        failure)
    {
        Reason = failure.IsCertificate ? "TLS" : "SERVER_DOWN",
    };
}
