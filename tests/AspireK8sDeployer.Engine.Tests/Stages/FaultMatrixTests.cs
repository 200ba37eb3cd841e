using System.Collections.Concurrent;
using System.Diagnostics;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>
/// Every call of a deploy goes wrong in every way: once, and from then on for ever. The deploy comes to its end or says what
/// is wrong; it never hangs; and the next one makes of it what it would have been.
/// </summary>
public class FaultMatrixTests(FaultCluster faults)
{
    private const int AtOnce = 6;

    // Of real time; on the run's own clock it may be hours.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static readonly FaultKind[] OfWatches = [FaultKind.WatchClosed, FaultKind.WatchGone, FaultKind.WatchGoneLater, FaultKind.WatchSilent];

    // What goes on for ever differs less: an answer, none, and one that is no accident.
    private static readonly FaultKind[] ForEver = [FaultKind.Unavailable, FaultKind.Reset, FaultKind.NoAnswer, FaultKind.Conflict, FaultKind.WatchGone, FaultKind.WatchSilent];
    private static readonly bool[] OnceOrAlways = [false, true];

    private readonly ConcurrentQueue<string> _problems = new();
    private int _unreached;
    private int _failed;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFirstDeploy_SurvivesEveryFaultOfEveryCall() => await RunMatrixAsync(before: null, First);

    [Fact]
    public async Task AnUpdate_SurvivesEveryFaultOfEveryCallThatAFirstDeployHasNot() => await RunMatrixAsync(First, Second);

    [Fact]
    public async Task ADeployThatIsStoppedAtAnyCall_GivesItsLockBack_AndSaysWhatIsDone()
    {
        var inner = await faults.ConnectAsync();
        var (calls, expected) = await UndisturbedAsync(inner, First, Second);

        await Parallel.ForEachAsync(calls, Options, async (call, _) =>
        {
            var space = Name();
            using var stop = new CancellationTokenSource();
            await DeployAsync(inner, First(space));
            var lines = new ConcurrentQueue<string>();
            var time = new SkippingTime();
            var transport = new FaultAtCall(inner, time, space) { Call = call.Call, Kind = FaultKind.Cancelled, Stop = stop };
            var ended = await EndAsync(Engine(transport, time).DeployAsync(Second(space), new Lines(lines), stop.Token));
            if (!transport.WasHit)
            {
                Interlocked.Increment(ref _unreached);
            }
            else if (ended is not (null or OperationCanceledException))
            {
                Report(call.Call, FaultKind.Cancelled, $"ended with {ended}");
            }
            else if (ended is not null && !lines.Last().StartsWith("stopped ", StringComparison.Ordinal))
            {
                Report(call.Call, FaultKind.Cancelled, $"said last: {lines.Last()}");
            }

            var lease = await new ClusterObjects(new ApiClient(() => inner, TimeProvider.System)).GetAsync(
                ObjectKind.Lease.Id(space, Names.Lease("greeter")), Cancellation);
            if ((string?)lease?["spec"]?["holderIdentity"] is { Length: > 0 } holder)
            {
                Report(call.Call, FaultKind.Cancelled, $"left its lock to {holder}");
            }

            await ConvergesAsync(inner, call.Call, FaultKind.Cancelled, Second(space), expected);
        });

        Summarize("stopped", calls.Count);
    }

    private static ParallelOptions Options => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation };

    // What differs: a Secret, a file, the pods' template, and an autoscaler that is not wanted any more.
    private static DeploymentSettings First(string space) => new()
    {
        Name = "greeter",
        Namespace = space,
        Application = "Tests",
        Image = A.Image,
        Service = new ServiceSettings { Type = ServiceType.ClusterIP },
        Resources = new ResourceSettings { Cpu = 0.01, Memory = "64Mi", MinReplicas = 1, MaxReplicas = 2 },
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = "hunter22" },
        ServiceAccount = new ServiceAccountSettings { Create = true },
        NetworkPolicy = true,
    };

    private static DeploymentSettings Second(string space) => First(space) with
    {
        Resources = new ResourceSettings { Cpu = 0.02, Memory = "64Mi", MinReplicas = 1, MaxReplicas = 1 },
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = "hunter33" },
        Environment = new Dictionary<string, string> { ["COLOUR"] = "blue" },
    };

    private async Task RunMatrixAsync(Func<string, DeploymentSettings>? before, Func<string, DeploymentSettings> settings)
    {
        var inner = await faults.ConnectAsync();
        var (calls, expected) = await UndisturbedAsync(inner, before, settings);
        if (before is not null)
        {
            var (known, _) = await UndisturbedAsync(inner, null, before);
            calls = [.. calls.Except(known)];
        }

        List<(string Call, FaultKind Kind, bool Persists)> cases =
        [
            .. from call in calls
               from kind in Enum.GetValues<FaultKind>()
               where kind != FaultKind.Cancelled && (call.IsWatch || !OfWatches.Contains(kind))
               from persists in OnceOrAlways
               where !persists || ForEver.Contains(kind)
               select (call.Call, kind, persists),
        ];
        await Parallel.ForEachAsync(cases, Options, async (item, _) =>
        {
            var space = Name();
            if (before is not null)
            {
                await DeployAsync(inner, before(space));
            }

            var time = new SkippingTime();
            var transport = new FaultAtCall(inner, time, space) { Call = item.Call, Kind = item.Kind, Persists = item.Persists };
            var ended = await EndAsync(Engine(transport, time).DeployAsync(settings(space), null, Cancellation));
            if (!transport.WasHit)
            {
                Interlocked.Increment(ref _unreached);
            }

            if (ended is DeploymentException failure)
            {
                Interlocked.Increment(ref _failed);
                if (!item.Persists && item.Kind != FaultKind.Conflict)
                {
                    Report(item.Call, item.Kind, $"once was enough to fail it: {failure.Message}");
                }
            }
            else if (ended is not null)
            {
                Report(item.Call, item.Kind, $"ended with {ended}");
            }

            await ConvergesAsync(inner, item.Call, item.Kind, settings(space), expected);
        });

        Summarize(before is null ? "first" : "update", cases.Count);
    }

    private static async Task<(IReadOnlyList<(string Call, bool IsWatch)> Calls, string Expected)> UndisturbedAsync(
        IClusterTransport inner, Func<string, DeploymentSettings>? before, Func<string, DeploymentSettings> settings)
    {
        var space = Name();
        if (before is not null)
        {
            await DeployAsync(inner, before(space));
        }

        var time = new SkippingTime();
        var recorded = new FaultAtCall(inner, time, space);
        await Engine(recorded, time).DeployAsync(settings(space), null, Cancellation);
        return (recorded.Calls, await LiveState.OfAsync(new ClusterObjects(new ApiClient(() => inner, TimeProvider.System)), space, Cancellation));
    }

    private async Task ConvergesAsync(IClusterTransport inner, string call, FaultKind kind, DeploymentSettings settings, string expected)
    {
        try
        {
            await DeployAsync(inner, settings);
            var state = await LiveState.OfAsync(new ClusterObjects(new ApiClient(() => inner, TimeProvider.System)), settings.Namespace, Cancellation);
            if (state != expected)
            {
                var (lines, wanted) = (state.Split('\n'), expected.Split('\n'));
                Report(call, kind, $"the second run leaves\n+ {string.Join("\n+ ", lines.Except(wanted))}\n- {string.Join("\n- ", wanted.Except(lines))}");
            }
        }
        catch (DeploymentException failure)
        {
            Report(call, kind, $"the second run fails: {failure.Message}");
        }
    }

    private static async Task DeployAsync(IClusterTransport inner, DeploymentSettings settings)
    {
        var time = new SkippingTime();
        await Engine(new FaultAtCall(inner, time, settings.Namespace), time).DeployAsync(settings, null, Cancellation).WaitAsync(Bound, Cancellation);
    }

    // Null when it went well.
    private static async Task<Exception?> EndAsync(Task work)
    {
        try
        {
            await work.WaitAsync(Bound, Cancellation);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static DeploymentEngine Engine(IClusterTransport transport, TimeProvider time) =>
        new(() => transport, new DeploymentEngineOptions { TimeProvider = time, AddressGrace = TimeSpan.FromSeconds(1) });

    private static string Name() => $"fault-{Guid.NewGuid():N}"[..18];

    private void Report(string call, FaultKind kind, string problem) => _problems.Enqueue($"{call} × {kind}: {problem}");

    private void Summarize(string what, int cases)
    {
        var time = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {cases} cases, {_failed} of them ended in an error, {_unreached} were not reached; {_problems.Count} problems; {time:0} s of CPU in all so far");
        Assert.True(_problems.IsEmpty, $"{_problems.Count} of {cases}:\n{string.Join('\n', _problems.Take(30))}");
        Assert.InRange(_unreached, 0, cases / 20);
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : IProgress<DeploymentProgress>
    {
        public void Report(DeploymentProgress value) => lines.Enqueue(value.Message);
    }
}
