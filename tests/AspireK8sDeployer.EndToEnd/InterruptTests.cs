using AspireK8sDeployer.EndToEnd.Support;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>Ctrl-C, at every stage: says what was done and what was not, and the next deploy goes on from there.</summary>
public class InterruptTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Publishing", "stopped before anything of it was applied")]
    [InlineData(" created", "stopped after these were written: ")]
    public async Task AnInterruptedDeploy_SaysHowFarItWas_AndTheNextFinishesIt(string stage, string said)
    {
        cluster.SkipWithoutImages();
        await using var appHost = new AppHostUnderTest(cluster);
        await using (var interrupted = appHost.Start("deploy"))
        {
            await interrupted.WaitForOutputAsync(stage, TimeSpan.FromMinutes(3), Cancellation);
            interrupted.Interrupt();
            var result = await interrupted.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancellation);

            Assert.Equal(130, result.ExitCode);
            result.ShouldSay(said);
        }

        (await appHost.RunAsync("deploy", Cancellation)).ShouldSucceed();
        (await appHost.RunAsync("destroy", Cancellation, ("Pipeline__SkipConfirmation", "true"))).ShouldSucceed();
    }
}
