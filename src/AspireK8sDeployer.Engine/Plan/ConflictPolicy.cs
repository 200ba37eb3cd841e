namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Who of several managers a field belongs to. One table; whoever is not in it keeps what it has.</summary>
internal static class ConflictPolicy
{
    // The first row that fits counts. A pattern ends with * where more may follow.
    private static readonly Row[] Rows =
    [
        // Ourselves: writes other than applies, and what scales or restarts in our name.
        new([Names.FieldManager, Names.FieldManager + "-*"], Verdict.Take),

        // The scale subresource is written by autoscalers, and by people with kubectl, who have a row of their own.
        new(["kube-controller-manager", "keda*", "vpa*"], Verdict.OfScaler, Field: ".spec.replicas"),
        new(["vpa*"], Verdict.Leave, Field: ".resources."),

        // They add to pods and objects what they need there.
        new(["istio*", "linkerd*", "cert-manager-cainjector", "pod-identity-webhook"], Verdict.Leave),

        // How an object came to be before we took it on. Over what we already applied it is somebody's change like any other.
        new(["kubectl-client-side-apply", "kubectl-last-applied", "kubectl-create", "before-first-apply", "helm", "Helm", "Go-http-client"], Verdict.Drift),

        // What people use by hand.
        new(["kubectl", "kubectl-*", "OpenLens*", "Lens*", "k9s*", "rancher*", "node-fetch*", "Mozilla*", "headlamp*", "dashboard*"], Verdict.Drift),
    ];

    private enum Verdict
    {
        Take,
        Leave,
        OfScaler,
        Drift,
        Keep,
    }

    /// <summary>What becomes of one conflict.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="situation">What decides between people, programs and us.</param>
    public static FieldClaim Decide(FieldConflict conflict, ConflictSituation situation) => VerdictOn(conflict) switch
    {
        Verdict.Take => FieldClaim.Taken,
        Verdict.Leave => FieldClaim.Left,
        // Where the autoscaler is gone, nobody speaks for the number any more.
        Verdict.OfScaler => situation.HasAutoscaler ? FieldClaim.Left : FieldClaim.Taken,
        Verdict.Drift => situation.TakesOver || situation.IsFirstApply ? FieldClaim.Taken : FieldClaim.Drift,
        // Who once wrote an object that is now adopted has given it up; who applies it would do so again.
        _ when situation.Adopts == AdoptionPolicy.All || (situation.Adopts == AdoptionPolicy.Unowned && !conflict.IsApplied) => FieldClaim.Taken,
        _ => FieldClaim.Foreign,
    };

    private static Verdict VerdictOn(FieldConflict conflict) =>
        Rows.FirstOrDefault(row => row.Fits(conflict))?.Verdict ?? Verdict.Keep;

    private sealed record Row(string[] Managers, Verdict Verdict, string? Field = null)
    {
        public bool Fits(FieldConflict conflict) =>
            Managers.Any(pattern => pattern.EndsWith('*')
                ? conflict.Manager.StartsWith(pattern[..^1], StringComparison.Ordinal)
                : conflict.Manager == pattern)
            && (Field is null || conflict.Field == Field || (Field.EndsWith('.') && conflict.Field.Contains(Field, StringComparison.Ordinal)));
    }
}
