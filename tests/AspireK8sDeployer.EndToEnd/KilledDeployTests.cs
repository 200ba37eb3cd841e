using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>A deploy that is killed after any of its writes and run again ends in the state of one that was left alone.</summary>
public class KilledDeployTests(ClusterUnderTest cluster)
{
    private const int AtOnce = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstDeploy()
    {
        await using var undisturbed = cluster.NewNamespace();
        var writes = await DeployAsync(undisturbed, Before);
        var expected = await StateOfAsync(undisturbed);

        await ForEachWriteAsync(writes, async write =>
        {
            await using var place = cluster.NewNamespace();
            await KillAfterAsync(write, await SettingsAsync(place, Before), Work.Deploy);
            await DeployAsync(place, Before);

            AssertSame(expected, await StateOfAsync(place), write);
        });
    }

    [Fact]
    public async Task LaterDeploy_OfWhatAddsChangesAndRemoves()
    {
        await using var undisturbed = cluster.NewNamespace();
        await DeployAsync(undisturbed, Before);
        var writes = await DeployAsync(undisturbed, After);
        var expected = await StateOfAsync(undisturbed);

        await ForEachWriteAsync(writes, async write =>
        {
            await using var place = cluster.NewNamespace();
            await DeployAsync(place, Before);
            await KillAfterAsync(write, await SettingsAsync(place, After), Work.Deploy);
            await DeployAsync(place, After);

            AssertSame(expected, await StateOfAsync(place), write);
        });
    }

    [Fact]
    public async Task RollBack()
    {
        await using var undisturbed = cluster.NewNamespace();
        await DeployAsync(undisturbed, Before);
        await DeployAsync(undisturbed, After);
        var writes = await RollBackAsync(undisturbed);
        var expected = await StateOfAsync(undisturbed);

        // The last one gives the lock back, after which it is done, and the next roll back would be another.
        await ForEachWriteAsync(writes - 1, async write =>
        {
            await using var place = cluster.NewNamespace();
            await DeployAsync(place, Before);
            await DeployAsync(place, After);
            await KillAfterAsync(write, await SettingsAsync(place, Before), Work.RollBack);
            await RollBackAsync(place);

            AssertSame(expected, await StateOfAsync(place), write);
        });
    }

    [Fact]
    public async Task Delete()
    {
        await using var undisturbed = cluster.NewNamespace();
        await DeployAsync(undisturbed, Before);
        var writes = await DeleteAsync(undisturbed);

        // The last one removes the namespace, after which there is nothing to be done again.
        await ForEachWriteAsync(writes - 1, async write =>
        {
            await using var place = cluster.NewNamespace();
            await DeployAsync(place, Before);
            await KillAfterAsync(write, await SettingsAsync(place, Before), Work.Delete);
            await DeleteAsync(place);

            Assert.True(await place.IsGoneAsync(Cancellation), $"killed after write {write}, the second delete left the namespace");
        });
    }

    private static void AssertSame(string expected, string actual, int write)
    {
        var differences = expected.Split('\n').Except(actual.Split('\n')).Select(line => $"- {line}")
            .Concat(actual.Split('\n').Except(expected.Split('\n')).Select(line => $"+ {line}"));
        Assert.True(expected == actual, $"killed after write {write}, the second deploy ended in another state:\n{string.Join('\n', differences)}");
    }

    private static DeploymentSettings Before(DeploymentSettings greeter) => greeter with
    {
        SecretEnvironment = new Dictionary<string, string> { ["API_KEY"] = "first" },
    };

    private static DeploymentSettings After(DeploymentSettings greeter) => greeter with
    {
        Environment = new Dictionary<string, string> { ["GREETING"] = "Hello" },
        SecretEnvironment = new Dictionary<string, string> { ["API_KEY"] = "second" },
        Resources = greeter.Resources with { MinReplicas = 1, MaxReplicas = 2 },
    };

    private static Task ForEachWriteAsync(int writes, Func<int, Task> work) => Parallel.ForEachAsync(
        Enumerable.Range(1, writes),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
        async (write, _) => await work(write));

    private async Task<DeploymentSettings> SettingsAsync(TestNamespace place, Func<DeploymentSettings, DeploymentSettings> settings) =>
        settings(await cluster.GreeterAsync(place.Name, Cancellation));

    /// <summary>Undisturbed; returns how many writes it took.</summary>
    private async Task<int> DeployAsync(TestNamespace place, Func<DeploymentSettings, DeploymentSettings> settings)
    {
        await using var proxy = await ApiProxy.StartAsync(cluster);
        using var engine = ClusterUnderTest.Connect(proxy.Kubeconfig);
        await engine.DeployAsync(await SettingsAsync(place, settings), progress: null, Cancellation).WaitAsync(Patience, Cancellation);
        return proxy.Writes;
    }

    private async Task<int> RollBackAsync(TestNamespace place)
    {
        await using var proxy = await ApiProxy.StartAsync(cluster);
        using var engine = ClusterUnderTest.Connect(proxy.Kubeconfig);
        var greeter = await SettingsAsync(place, Before);
        await engine.RollBackAsync(greeter.Identity, null, progress: null, Cancellation).WaitAsync(Patience, Cancellation);
        return proxy.Writes;
    }

    private async Task<int> DeleteAsync(TestNamespace place)
    {
        await using var proxy = await ApiProxy.StartAsync(cluster);
        using var engine = ClusterUnderTest.Connect(proxy.Kubeconfig);
        var greeter = await SettingsAsync(place, Before);
        await engine.DeleteAsync(greeter.Identity, progress: null, Cancellation).WaitAsync(Patience, Cancellation);
        return proxy.Writes;
    }

    private async Task KillAfterAsync(int write, DeploymentSettings settings, Work work)
    {
        var started = new TaskCompletionSource<RunningProcess>();
        await using var proxy = await ApiProxy.StartAsync(cluster, async count =>
        {
            if (count == write)
            {
                (await started.Task).KillAlone();
            }
        });
        await using var process = DeployingProcess.Start(proxy.Kubeconfig, settings, work);
        started.SetResult(process);

        var result = await process.WaitForExitAsync(Patience, Cancellation);

        Assert.True(result.ExitCode != 0, $"it ended before it was killed after write {write} of {proxy.Writes}:\n{result.Output}");
    }

    private async Task<string> StateOfAsync(TestNamespace place)
    {
        using var user = cluster.ConnectAsUser();
        return await NamespaceState.ReadAsync(user, place.Name, Cancellation);
    }
}
