using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>How many calls many deployments make that are deployed at once.</summary>
public class RequestCountTests(FaultCluster cluster)
{
    private const int Count = 30;

    private readonly string _space = $"count-{Guid.NewGuid():N}"[..18];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachChangedObject_IsAppliedOnce_AndNoOtherIsTouched()
    {
        var first = await CallsAsync("blue");
        var again = await CallsAsync("blue");
        var update = await CallsAsync("green");

        Tell("create", first);
        Tell("no-op", again);
        Tell("update", update);
        // Secret, ServiceAccount, NetworkPolicy, Service and Deployment of each.
        Assert.Equal((5 * Count, 5 * Count), Applies(first));
        Assert.DoesNotContain(again, IsWrite);
        // The lock, the namespace and a list for each kind, if each were alone; together it is little more than the lock.
        Assert.InRange(again.Count, Count, 7 * Count);
        Assert.Equal((Count, Count), Applies(update));
    }

    private static void Tell(string what, IReadOnlyList<string> calls) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{what}: {(double)calls.Count / Count:0.0} calls for each of {Count} deployments, {(double)calls.Count(IsWrite) / Count:0.0} of them writes");

    private static bool IsWrite(string call) => !call.StartsWith("GET", StringComparison.Ordinal) && !call.Contains("dryRun", StringComparison.Ordinal);

    // How many, and to how many objects.
    private static (int Calls, int Objects) Applies(IReadOnlyList<string> calls)
    {
        var applies = calls.Where(call => call.StartsWith("PATCH ", StringComparison.Ordinal) && IsWrite(call)).ToList();
        return (applies.Count, applies.Distinct().Count());
    }

    private async Task<IReadOnlyList<string>> CallsAsync(string colour)
    {
        var inner = await cluster.ConnectAsync();
        var transport = new RecordingTransport(inner);
        var engine = new DeploymentEngine(() => transport, new DeploymentEngineOptions { AddressGrace = TimeSpan.FromSeconds(1) });
        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => engine.DeployAsync(Settings(number, colour), null, Cancellation))).WaitAsync(TimeSpan.FromMinutes(5), Cancellation);
        return transport.Requests;
    }

    private DeploymentSettings Settings(int number, string colour) => new()
    {
        Name = $"greeter{number}",
        Namespace = _space,
        Application = "Tests",
        Image = A.Image,
        Service = new ServiceSettings { Type = ServiceType.ClusterIP },
        Resources = new ResourceSettings { Cpu = 0.01, Memory = "64Mi", MinReplicas = 1, MaxReplicas = 1 },
        Environment = new Dictionary<string, string> { ["COLOUR"] = colour },
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = "hunter22" },
        ServiceAccount = new ServiceAccountSettings { Create = true },
        NetworkPolicy = true,
    };
}
