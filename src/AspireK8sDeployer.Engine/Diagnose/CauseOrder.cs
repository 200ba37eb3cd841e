namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Which cause is named first: what comes earlier in the life of a pod has the others for its consequences.</summary>
internal static class CauseOrder
{
    // By the beginnings of their names in the catalogue.
    private static readonly string[][] Ranks =
    [
        ["NS_TERMINATING", "DELETED_", "QUOTA", "LIMITRANGE", "PODSECURITY", "WEBHOOK_", "POLICY_", "SA_MISSING", "PRIORITY_", "RUNTIMECLASS_", "INVALID", "CREATE_FAILED", "SELECTOR_"],
        ["CFG_", "CREATE_ERROR"],
        ["IMAGE_"],
        ["SCHED_", "PVC_", "AUTOSCALING"],
        ["MOUNT_", "SANDBOX"],
        ["OOM_", "CRASH_", "CMD_", "SIGNAL", "INIT_", "KILLED_", "STARTUP_", "SECCTX_", "NO_PROBE"],
        ["READINESS_", "FLAPPING", "EVICTED", "PREEMPTED", "NODE_"],
        ["SVC_", "LB_", "INGRESS_", "ROUTE_", "GATEWAY"],
        ["HPA_", "KEDA_", "PDB_"],
    ];

    public static int Of(Diagnosis cause) =>
        Array.FindIndex(Ranks, codes => codes.Any(code => cause.Code.StartsWith(code, StringComparison.Ordinal))) is >= 0 and var rank ? rank : Ranks.Length;
}
