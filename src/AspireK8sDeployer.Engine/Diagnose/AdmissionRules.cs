using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The pods are not even created: a quota, a policy or a missing object stands in the way.</summary>
internal static class AdmissionRules
{
    private static readonly (string Words, string Code, FailureClass Class, string Fix)[] Causes =
    [
        ("violates PodSecurity", "PODSECURITY", FailureClass.Fatal, "correct what the namespace's Pod Security Standard forbids"),
        ("failed quota", "QUOTA_MUST_SPECIFY", FailureClass.Fatal, "give the values that the quota asks for"),
        ("exceeded quota", "QUOTA", FailureClass.Waits, "ask for less with .WithResources(…), or have the quota raised"),
        ("denied the request", "WEBHOOK_DENIED", FailureClass.Fatal, "do what the policy asks for"),
        ("ValidatingAdmissionPolicy", "POLICY_DENIED", FailureClass.Fatal, "do what the policy asks for"),
        ("failed calling webhook", "WEBHOOK_DOWN", FailureClass.Waits, "the cluster's admission webhook must answer again"),
        ("error looking up service account", "SA_MISSING", FailureClass.FatalOnProof, "create the service account, or correct its name"),
        ("no PriorityClass", "PRIORITY_MISSING", FailureClass.Fatal, "correct the priority class"),
        ("RuntimeClass", "RUNTIMECLASS_MISSING", FailureClass.Fatal, "correct the runtime class"),
        ("usage per", "LIMITRANGE", FailureClass.Fatal, "stay within the namespace's limits with .WithResources(…)"),
        ("limit to request ratio", "LIMITRANGE", FailureClass.Fatal, "stay within the namespace's limits with .WithResources(…)"),
    ];

    public static Diagnosis? Diagnose(RolloutObjects objects, V1ReplicaSet set)
    {
        if (Message(objects, set) is not { } message)
        {
            return null;
        }

        var cause = Causes.FirstOrDefault(item => message.Contains(item.Words, StringComparison.Ordinal));
        return cause.Code is null
            ? new Diagnosis("CREATE_FAILED", FailureClass.Waits, $"the pods cannot be created: {message}", "correct what the message names")
            : new Diagnosis(cause.Code, cause.Class, $"the pods cannot be created: {message}", cause.Fix);
    }

    // The condition says that it is so; its text may be of an earlier attempt, so the latest event is asked first.
    private static string? Message(RolloutObjects objects, V1ReplicaSet set)
    {
        var failing = set.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "ReplicaFailure" && condition.Status == "True")?.Message
            ?? objects.Deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "ReplicaFailure" && condition.Status == "True")?.Message;
        if (failing is null)
        {
            return null;
        }

        var latest = objects.EventsOf(set.Metadata).FirstOrDefault(@event => @event.Reason == "FailedCreate")?.Message;
        return latest is null || latest.StartsWith("(combined", StringComparison.Ordinal) ? failing : latest.Replace("Error creating: ", "", StringComparison.Ordinal);
    }
}
