using System.Globalization;
using System.Text;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Tests.Shared;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Tests.Wait;

/// <summary>Every recorded rollout, moment by moment: no false success, no false failure, and the cause named once it is proven.</summary>
public class RecordedRolloutTests
{
    public static TheoryData<string> ThatBecomeReady => Named(recording =>
        recording.Outcome is "ready" or "ready-with-warning" or "heals-by-itself" or "heals-when-fixed" && recording.Name != "healthy/no-probe");

    public static TheoryData<string> ThatHeal => Named(recording => recording.Outcome.StartsWith("heals", StringComparison.Ordinal));

    public static TheoryData<string> ThatNeverDo => Named(recording => recording.Outcome == "never-ready");

    public static TheoryData<string> ThatAreStuck => Named(recording => recording.Outcome is "never-ready" or "stuck-old-serves" && recording.ProvableAt is not null);

    [Theory]
    [MemberData(nameof(ThatBecomeReady))]
    public void ARolloutThatSucceeds_IsNeverCalledFailed_AndReadyInTheEnd(string name)
    {
        var verdicts = Judge(Recording.Load(name));

        Assert.All(verdicts, moment => Assert.Null(moment.Verdict.Failure));
        Assert.True(verdicts[^1].Verdict.IsReady, verdicts[^1].Verdict.Summary);
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
            foreach (var (seconds, verdict) in Judge(recording))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {seconds,6:0.0}  {verdict.Readiness.State}: {verdict.Summary}\n");
                if (verdict.Failure is { } failure)
                {
                    text.Append(CultureInfo.InvariantCulture, $"          fails with {failure.Code} → {failure.Fix}\n");
                }
            }
        }

        Snapshot.Matches(text.ToString(), "RecordedRollouts.txt");
    }

    private static TheoryData<string> Named(Func<Recording, bool> condition) => [.. Recording.Names.Where(name => condition(Recording.Load(name)))];

    private static List<(double Seconds, RolloutVerdict Verdict)> Judge(Recording recording)
    {
        var judge = new RolloutJudge(FailFast.Proof);
        return [.. recording.Moments.Select(moment => (moment.Seconds, judge.Judge(moment.Objects, moment.Time)))];
    }
}
