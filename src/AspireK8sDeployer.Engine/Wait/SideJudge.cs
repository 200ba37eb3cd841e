using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Judges what is beside a Deployment that is ready: whether its pods are reached, scaled and protected as meant.</summary>
internal sealed class SideJudge(FailFast mode)
{
    // Controllers hear of ready pods at once; this long after that they never will.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(15);

    // What others have to do holds nobody back for longer.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private Dictionary<string, DateTimeOffset> _since = [];

    public SideVerdict Judge(RolloutObjects objects, DateTimeOffset now)
    {
        var states = SideReadiness.Of(objects).ToList();
        var causes = states.Select(state => state.Cause).OfType<Diagnosis>().DistinctBy(cause => cause.Signature).OrderBy(CauseOrder.Of).ToList();
        _since = causes.ToDictionary(cause => cause.Signature, cause => _since.GetValueOrDefault(cause.Signature, now));
        TimeSpan Lasting(Diagnosis cause) => now - _since[cause.Signature];
        bool IsGivenUp(Diagnosis cause) => cause.Class == FailureClass.Waits && Lasting(cause) >= Grace;

        var failure = mode == FailFast.Off ? null : causes.FirstOrDefault(cause => cause.Class switch
        {
            FailureClass.Fatal => true,
            FailureClass.FatalOnProof => Lasting(cause) >= Proof,
            _ => false,
        });
        var awaited = states.FirstOrDefault(state => !state.Readiness.IsReady && (state.Cause is null || !IsGivenUp(state.Cause)));
        return new SideVerdict(awaited, failure, [.. causes.Where(cause => cause.Class == FailureClass.Warns || IsGivenUp(cause))]);
    }
}
