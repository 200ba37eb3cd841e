using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The pods are not even created: a quota, a policy or a missing object stands in the way.</summary>
internal static class AdmissionRules
{
    private static readonly (string Words, string Code, FailureClass Class, string Fix)[] Causes =
    [
        ("because it is being terminated", "NS_TERMINATING", FailureClass.Fatal, "wait until the namespace is gone and deploy again, or deploy to another with .WithNamespace(\"…\")"),
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
        (" is invalid: ", "INVALID", FailureClass.Fatal, "correct the setting that the field comes from, and deploy again"),
    ];

    // The controller begins with 5 ms and doubles them: the last of these comes 20 s after the first. Whoever makes the missing
    // object beside us has done so by then.
    private const int Attempts = 13;

    public static Diagnosis? Diagnose(RolloutObjects objects)
    {
        if (EmptySelector(objects) is { } overlap)
        {
            return overlap;
        }

        if (Message(objects) is not { } message)
        {
            return null;
        }

        var (_, code, @class, fix) = Causes.FirstOrDefault(item => message.Contains(item.Words, StringComparison.Ordinal));
        var problem = $"the pods cannot be created: {message}";
        return code switch
        {
            null => new Diagnosis("CREATE_FAILED", FailureClass.Waits, problem, "correct what the message names"),
            // What alone is more than the whole quota never fits, whoever gives way.
            "QUOTA" when QuotaWords.NeverFits(message) => new Diagnosis(code, FailureClass.FatalOnProof, problem, "ask for less than the quota has in all with .WithResources(…), or have it raised"),
            "QUOTA" when objects.OldReady > 0 => new Diagnosis(code, @class, problem, "have the quota raised: while a version replaces another, there is one replica more than usual; or ask for less with .WithResources(…)"),
            _ => new Diagnosis(code, @class, problem, fix),
        } with
        {
            Evidence = message,
            Times = LatestRefusal(objects) is { } refusal ? RolloutObjects.Count(refusal) : 1,
            ProvenAfter = Attempts,
        };
    }

    // The condition says that it is so; its text may be of an earlier attempt, so the latest event is asked first.
    private static string? Message(RolloutObjects objects)
    {
        var deployment = objects.Deployment?.Status?.Conditions ?? [];
        var failing = objects.NewReplicaSet?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "ReplicaFailure" && condition.Status == "True")?.Message
            ?? deployment.FirstOrDefault(condition => condition.Type == "ReplicaFailure" && condition.Status == "True")?.Message
            ?? deployment.FirstOrDefault(condition => condition is { Type: "Progressing", Status: "False", Reason: "ReplicaSetCreateError" })?.Message;
        var latest = LatestRefusal(objects)?.Message;
        return failing is null || latest is null || latest.StartsWith("(combined", StringComparison.Ordinal) ? failing : latest.Replace("Error creating: ", "", StringComparison.Ordinal);
    }

    private static Corev1Event? LatestRefusal(RolloutObjects objects) => objects.NewReplicaSet is { } set
        ? objects.EventsOf(set.Metadata).FirstOrDefault(@event => @event.Reason == "FailedCreate")
        : null;

    private static Diagnosis? EmptySelector(RolloutObjects objects) =>
        objects.Deployment is { } deployment && objects.EventsOf(deployment.Metadata).FirstOrDefault(@event => @event.Reason == "SelectingAll") is { } all
            ? new Diagnosis("SELECTOR_OVERLAP", FailureClass.FatalOnProof, $"its selector matches every pod: {all.Message}", "give it a selector of its own") { Evidence = all.Message }
            : null;
}
