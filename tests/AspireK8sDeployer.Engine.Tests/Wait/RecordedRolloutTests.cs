using System.Globalization;
using System.Net;
using System.Text;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Tests.Shared;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Tests.Wait;

/// <summary>Every recorded rollout, moment by moment: no false success, no false failure, and the cause named once it is proven.</summary>
public class RecordedRolloutTests
{
    public static TheoryData<string> ThatBecomeReady => Named(recording =>
        recording.Outcome is "ready" or "ready-with-warning" or "heals-by-itself" or "heals-when-fixed");

    public static TheoryData<string> ThatDegrade => Named(recording => recording.Outcome == "ready-then-degrades");

    public static TheoryData<string> ThatAreDeleted => Named(recording => recording.Outcome is "deleted" or "stuck-deleting");

    public static TheoryData<string> ThatAreRefused => Named(recording => recording.Outcome == "api-rejected");

    public static TheoryData<string> WithWarning => Named(recording =>
        recording is { Outcome: "ready-with-warning", Cause: { } cause } && OfRollout.Contains(cause));

    // What the wait is about; addresses are the endpoint's.
    private static readonly string[] OfRollout =
        ["FINALIZER", "HPA_NO_METRICS", "HPA_FAILED_SCALE", "PDB_BLOCKS", "SVC_SELECTOR_MISMATCH", "SVC_TARGET_PORT"];

    public static TheoryData<string> ThatNeverDo => Named(recording => recording.Outcome == "never-ready");

    public static TheoryData<string> ThatAreStuck => Named(recording => recording.Outcome is "never-ready" or "stuck-old-serves" && recording.ProvableAt is not null);

    [Theory]
    [MemberData(nameof(ThatBecomeReady))]
    public void ARolloutThatSucceeds_IsNeverCalledFailed_AndReadyInTheEnd(string name)
    {
        var verdicts = Judge(Recording.Load(name));

        Assert.All(verdicts, moment => Assert.Null(moment.Verdict.Failure));
        Assert.True(verdicts[^1].Verdict.IsReady || Settles(verdicts), verdicts[^1].Verdict.Summary);
    }

    [Theory]
    [MemberData(nameof(ThatDegrade))]
    public void ARolloutThatDegrades_IsNotReadyWhileItIsDown(string name)
    {
        var recording = Recording.Load(name);

        var verdicts = Judge(recording);

        Assert.All(recording.Moments.Zip(verdicts).Where(moment => IsDown(moment.First.Objects)), moment => Assert.False(moment.Second.Verdict.IsReady));
        Assert.Contains(verdicts, moment => !moment.Verdict.IsReady && moment.Verdict.Causes.Any(cause => cause.Code == recording.Cause));
    }

    [Theory]
    [MemberData(nameof(ThatAreDeleted))]
    public void ADeletedOne_IsNeverReadyAgain_AndWhatHoldsItIsNamed(string name)
    {
        var recording = Recording.Load(name);

        var verdicts = Judge(recording);

        var deleted = recording.Moments.Zip(verdicts).Where(moment => moment.First.Objects.Deployment?.Metadata.DeletionTimestamp is not null || moment.First.Objects.Deployment is null).ToList();
        Assert.NotEmpty(deleted);
        Assert.All(deleted, moment => Assert.False(moment.Second.Verdict.IsReady));
        Assert.True(
            recording.Cause is null || deleted.Exists(moment => moment.Second.Verdict.Causes.Any(cause => cause.Code == recording.Cause)),
            string.Join('\n', deleted.Select(moment => moment.Second.Verdict.Summary)));
    }

    [Theory]
    [MemberData(nameof(ThatAreRefused))]
    public void ARefusedApply_IsNamed_AndWhatWasThereIsNotCalledFailed(string name)
    {
        var recording = Recording.Load(name);

        var codes = recording.Refusals.Select(message =>
            RejectionRules.CodeOf(new ApiFailure(message.Contains("forbidden", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.UnprocessableEntity, "", message, [], null)));

        Assert.Contains(recording.Cause, codes);
        Assert.All(Judge(recording), moment => Assert.True(moment.Verdict.Failure is null || moment.Verdict.Failure.Code == recording.Cause));
    }

    [Theory]
    [MemberData(nameof(WithWarning))]
    public void AReadyRolloutWithAFlaw_TellsOfIt(string name)
    {
        var recording = Recording.Load(name);
        var judge = new RolloutJudge(FailFast.Proof);
        var beside = new SideJudge(FailFast.Proof);

        var found = recording.Moments.SelectMany(moment =>
        {
            var side = beside.Judge(moment.Objects, moment.Time);
            return judge.Judge(moment.Objects, moment.Time).Causes.Concat(side.Warnings).Append(side.Awaited?.Cause).OfType<Diagnosis>().Select(cause => cause.Code);
        });

        Assert.Contains(recording.Cause, found);
    }

    [Theory]
    [MemberData(nameof(ThatNeverDo))]
    public void ARolloutThatNeverSucceeds_IsNeverCalledReady(string name) =>
        Assert.DoesNotContain(Judge(Recording.Load(name)), moment => moment.Verdict.IsReady);

    [Theory]
    [MemberData(nameof(ThatAreStuck))]
    public void AStuckRollout_IsNotGivenUpBeforeTheCauseIsProvable_AndNamesIt(string name)
    {
        var recording = Recording.Load(name);

        var verdicts = Judge(recording);

        Assert.All(verdicts.Where(moment => moment.Seconds < recording.ProvableAt), moment => Assert.Null(moment.Verdict.Failure));
        var last = verdicts[^1].Verdict;
        var log = recording.Logs.SelectMany(text => LogExcerpt.Of(text, [])).ToList();
        Assert.False(last.IsReady);
        Assert.Equal(recording.Cause, LogRules.Refine(last.Failure ?? last.Causes[0], log).Code);
    }

    [Fact]
    public void EveryMoment_ReadsAsRecorded()
    {
        var text = new StringBuilder();
        foreach (var recording in Recording.Names.Select(Recording.Load))
        {
            text.Append(CultureInfo.InvariantCulture, $"{recording.Name}: {recording.Outcome} {recording.Cause}\n");
            var beside = new SideJudge(FailFast.Proof);
            foreach (var (moment, (seconds, verdict)) in recording.Moments.Zip(Judge(recording)))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {seconds,6:0.0}  {verdict.Readiness.State}: {verdict.Summary}\n");
                if (verdict.Failure is { } failure)
                {
                    text.Append(CultureInfo.InvariantCulture, $"          fails with {failure.Code} → {failure.Fix}\n");
                }

                foreach (var warning in verdict.IsReady ? verdict.Causes.Concat(Beside(beside.Judge(moment.Objects, moment.Time))) : [])
                {
                    text.Append(CultureInfo.InvariantCulture, $"          {warning.Code}: {warning.Subject}{warning.Problem} → {warning.Fix}\n");
                }
            }
        }

        Snapshot.Matches(text.ToString(), "RecordedRollouts.txt");
    }

    // A process without a probe is watched for longer than this was recorded for.
    private static bool Settles(List<(double Seconds, RolloutVerdict Verdict)> verdicts) =>
        verdicts[^1].Verdict.Readiness.Reason.EndsWith("has no readiness probe", StringComparison.Ordinal);

    private static IEnumerable<Diagnosis> Beside(SideVerdict verdict) => verdict.Warnings.Append(verdict.Awaited?.Cause).OfType<Diagnosis>().Distinct();

    private static bool IsDown(RolloutObjects objects) => (objects.Deployment?.Status?.AvailableReplicas ?? 0) < objects.Desired;

    private static TheoryData<string> Named(Func<Recording, bool> condition) => [.. Recording.Names.Where(name => condition(Recording.Load(name)))];

    private static List<(double Seconds, RolloutVerdict Verdict)> Judge(Recording recording)
    {
        var judge = new RolloutJudge(FailFast.Proof);
        return [.. recording.Moments.Select(moment => (moment.Seconds, judge.Judge(moment.Objects, moment.Time)))];
    }
}
