using System.Diagnostics;
using AspireK8sDeployer.Engine.Apply;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class LockTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADeploymentThatIsBeingDeployed_IsLeftToThatOne()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("other"));
        var holder = await new DeployLock(space.Objects).AcquireAsync(space.Settings().Identity, _ => { }, Cancellation);
        await using (holder)
        {
            var failure = await space.FailureAsync(space.Settings());

            Assert.Equal("K8SD301", failure.Code);
            Assert.Equal($"Deployment {space.Name}/greeter is being deployed by {Environment.UserName}@{Environment.MachineName}, process {Environment.ProcessId}", failure.Problem);
        }

        await space.DeployAsync(space.Settings());
    }

    [Fact]
    public async Task ALockWhoseProcessIsGone_IsTakenOverAtOnce()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("other"));
        await using (await new DeployLock(space.Objects).AcquireAsync(space.Settings().Identity, _ => { }, Cancellation))
        {
            // As if another process of this machine had it, and was killed.
            var ended = await EndedProcessAsync();
            await space.ChangeLockAsync(spec =>
            {
                var parts = ((string)spec["holderIdentity"]!).Split(' ');
                spec["holderIdentity"] = string.Join(' ', parts[0], parts[1], ended, "1", parts[4]);
            });
            var messages = new Messages();
            var begun = Stopwatch.GetTimestamp();

            await space.Engine.DeployAsync(space.Settings(), messages, Cancellation);

            Assert.Contains(messages.All, message => message.StartsWith("takes over from ", StringComparison.Ordinal));
            Assert.True(Stopwatch.GetElapsedTime(begun) < DeployLock.Duration);
        }
    }

    private static async Task<string> EndedProcessAsync()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync(Cancellation);
        return $"{process.Id}";
    }
}
