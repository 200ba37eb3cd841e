namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>
/// Decides when a cause is certain enough to give up. It remembers since when each one has been seen; nothing else.
/// </summary>
internal sealed class FailureProof(FailFast mode)
{
    private const int EnoughPulls = 3;

    // Where nobody tells how often it was tried. Long enough for what is merely late: a Secret or account that is applied
    // beside us. The kubelet looks again after some twelve seconds, so this is two more looks.
    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(26);
    private static readonly TimeSpan EnoughTimeForMounts = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan EnoughTimeForPulls = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Outside = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EagerOutside = TimeSpan.FromSeconds(15);

    private static readonly string[] AtWork = ["READINESS_FAILING", "INIT_FAILED", "IMAGE_SLOW", "AUTOSCALING", "OLD_PODS_TERMINATING", "FLAPPING"];

    private Dictionary<string, DateTimeOffset> _since = [];

    /// <summary>The first of the causes that is proven by now.</summary>
    /// <param name="causes">What is seen now.</param>
    /// <param name="wasReady">Whether a replica was ready: then what keeps others from it is not in the template, and may pass.</param>
    /// <param name="now">The time.</param>
    public Diagnosis? Proven(IReadOnlyList<Diagnosis> causes, bool wasReady, DateTimeOffset now)
    {
        // What is not there any more begins anew when it comes back.
        _since = causes.ToDictionary(cause => cause.Signature, cause => _since.GetValueOrDefault(cause.Signature, now));
        return mode == FailFast.Off ? null : causes.FirstOrDefault(cause => IsProven(cause, wasReady, now - _since[cause.Signature]));
    }

    private bool IsProven(Diagnosis cause, bool wasReady, TimeSpan lasting) => cause.Class switch
    {
        FailureClass.Fatal => true,
        FailureClass.FatalOnProof when wasReady => lasting >= Outside,
        FailureClass.FatalOnProof => mode == FailFast.Eager ? IsEvident(cause, lasting) : IsRepeated(cause, lasting),
        FailureClass.Warns => false,
        // What runs may be at work, and an image may be large: the time of the whole deploy ends these.
        _ => !AtWork.Contains(cause.Code) && lasting >= (mode == FailFast.Eager ? EagerOutside : Outside),
    };

    private static bool IsRepeated(Diagnosis cause, TimeSpan lasting) => cause switch
    {
        { LogOf: not null } or { Code: "CMD_NOT_FOUND" } => cause.Times >= cause.ProvenAfter,
        _ when cause.Code.StartsWith("IMAGE_", StringComparison.Ordinal) => cause.Times >= EnoughPulls || lasting >= EnoughTimeForPulls,
        { Code: "MOUNT_SECRET" } => cause.Times >= cause.ProvenAfter || lasting >= EnoughTimeForMounts,
        _ => cause.Times >= cause.ProvenAfter || lasting >= EnoughTime,
    };

    // Once may be an accident of the first start; twice the same is not.
    private static bool IsEvident(Diagnosis cause, TimeSpan lasting) =>
        cause.LogOf is not null ? cause.Times >= 2 : cause.Code.StartsWith("IMAGE_", StringComparison.Ordinal) || lasting >= TimeSpan.FromSeconds(2);
}
