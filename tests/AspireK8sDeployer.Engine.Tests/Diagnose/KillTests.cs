using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

/// <summary>Who ended a container is told by the events of that run of it, whatever the program then ended with.</summary>
public class KillTests
{
    private const string Unhealthy = "Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500";
    private const string Killing = "Killing: Container app failed liveness probe, will be restarted";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(143)]
    public void AnEndThatTheKubeletBroughtAbout_IsTheProbes(int exitCode)
    {
        var cause = Of(Ended(exitCode, "00:07:40"), Unhealthy, Killing);

        Assert.Equal(
            ("KILLED_BY_LIVENESS", "container app is restarted because its liveness probe fails: Liveness probe failed: HTTP probe failed with statuscode: 500"),
            (cause.Code, cause.Problem));
    }

    [Fact]
    public void AnEndAfterAnotherStart_IsTheProgramsOwn() => Assert.Equal("CRASH_LOOP", Of(Ended(1, "00:08:30"), Unhealthy, Killing).Code);

    [Fact]
    public void TheKillOfAnotherContainer_TellsNothing()
    {
        var objects = Staged.Objects(Ended(1, "00:07:40"));
        var kill = Staged.Event(Killing, "pod", "Pod", "greeter-1");
        kill.InvolvedObject.FieldPath = "spec.containers{agent}";

        Assert.Equal("CRASH_LOOP", Assert.Single(Diagnoser.Diagnose(objects with { Events = [kill] }, Staged.Now)).Code);
    }

    [Fact]
    public void WithoutTheEventOfTheKill_ItsExitCodeAndAFailingProbeTell() => Assert.Equal("KILLED_BY_LIVENESS", Of(Ended(137, "00:07:40"), Unhealthy).Code);

    [Fact]
    public void WhatIsToldToEnd_IsNamedBeforeItHas()
    {
        var cause = Of(
            """{"phase":"Running","containerStatuses":[{"name":"app","image":"shop:1","ready":false,"started":false,"restartCount":0,"state":{"running":{"startedAt":"2026-01-01T00:07:40Z"}}}]}""",
            "Unhealthy: Startup probe failed: connect: connection refused", "Killing: Container app failed startup probe, will be restarted");

        Assert.Equal(
            ("STARTUP_PROBE", "container app is restarted because it does not begin in time: Startup probe failed: connect: connection refused", 1),
            (cause.Code, cause.Problem, cause.Times));
    }

    [Fact]
    public void AStartHookThatFails_IsNamed_InTheKubeletsWords()
    {
        var cause = Of(
            """{"phase":"Pending","containerStatuses":[{"name":"app","image":"shop:1","ready":false,"restartCount":0,"state":{"waiting":{"reason":"PostStartHookError","message":"exited with 7: cannot register"}}}]}""",
            "FailedPostStartHook: PostStartHook failed");

        Assert.Equal(("CREATE_ERROR", "container app is ended because its start hook fails: exited with 7: cannot register"), (cause.Code, cause.Problem));
    }

    [Fact]
    public void AUserThatThePodForbidsItself_IsNamed()
    {
        var cause = Assert.Single(Staged.Waiting("CreateContainerConfigError", "container's runAsUser breaks non-root policy (pod: \"greeter-1\", container: app)"));

        Assert.Equal(
            ("CFG_RUN_AS_ROOT", FailureClass.Fatal, "give RunAsUser another number than 0, or take RunAsNonRoot away"),
            (cause.Code, cause.Class, cause.Fix));
    }

    private static Diagnosis Of(string status, params string[] events) => Assert.Single(Staged.Pod(status, events));

    private static string Ended(int exitCode, string started) =>
        $$$$"""{"phase":"Running","containerStatuses":[{"name":"app","image":"shop:1","ready":false,"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":{{{{exitCode}}}},"reason":"Error","startedAt":"2026-01-01T{{{{started}}}}Z"}}}]}""";
}
