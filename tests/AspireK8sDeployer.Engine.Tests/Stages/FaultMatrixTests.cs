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
    private const int AtOnce = 16;

    // Where that many hang, the rest does too, and nobody waits for it.
    private const int MostHanging = 5;

    // Of real time, however busy the machine is: what takes longer hangs. On the run's own clock it may be hours.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static readonly FaultKind[] OfWatches = [FaultKind.WatchClosed, FaultKind.WatchGone, FaultKind.WatchGoneLater, FaultKind.WatchSilent];

    // What goes on for ever differs less: an answer, none, and one that is no accident.
    private static readonly FaultKind[] ForEver = [FaultKind.Unavailable, FaultKind.Reset, FaultKind.NoAnswer, FaultKind.Conflict, FaultKind.WatchGone, FaultKind.WatchSilent];
    private static readonly bool[] OnceOrAlways = [false, true];

    private readonly ConcurrentQueue<string> _problems = new();
    private int _unreached;
    private int _failed;
    private int _hanging;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFirstDeploy_SurvivesEveryFaultOfEveryCall() => await RunMatrixAsync(before: null, First);

    [Fact]
    public async Task AnUpdate_SurvivesEveryFaultOfEveryCallThatAFirstDeployHasNot() => await RunMatrixAsync(First, Second);

    [Fact]
    public async Task ADeployThatIsStoppedAtAnyCall_GivesItsLockBack_AndSaysWhatIsDone()
    {
        var inner = await ConnectAsync();
        var (calls, expected) = await UndisturbedAsync(inner, First, Second);

        await EachAsync(calls, call => $"{call.Call} × {FaultKind.Cancelled}", async (call, name, cancellation) =>
        {
            var space = Name();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await DeployAsync(inner, First(space), cancellation);
            var lines = new ConcurrentQueue<string>();
            var time = Time();
            var transport = new FaultAtCall(inner, time, space) { Call = call.Call, Kind = FaultKind.Cancelled, Stop = stop };
            var ended = await EndAsync(Engine(transport, time).DeployAsync(Second(space), new Lines(lines), stop.Token));
            cancellation.ThrowIfCancellationRequested();
            if (!transport.WasHit)
            {
                Interlocked.Increment(ref _unreached);
            }
            else if (ended is not (null or OperationCanceledException))
            {
                Report(name, $"ended with {ended}");
            }
            else if (ended is not null && !lines.Last().StartsWith("stopped ", StringComparison.Ordinal))
            {
                Report(name, $"said last: {lines.Last()}");
            }

            var lease = await Objects(inner).GetAsync(ObjectKind.Lease.Id(space, Names.Lease("greeter")), cancellation);
            if ((string?)lease?["spec"]?["holderIdentity"] is { Length: > 0 } holder)
            {
                Report(name, $"left its lock to {holder}");
            }

            await ConvergesAsync(inner, name, Second(space), expected, cancellation);
        });

        Summarize("stopped", calls.Count);
    }

    // What differs: a Secret, the pods' template, and a NetworkPolicy that is not wanted any more.
    private static DeploymentSettings First(string space) => new()
    {
        Name = "greeter",
        Namespace = space,
        Application = "Tests",
        Image = A.Image,
        Service = new ServiceSettings { Type = ServiceType.ClusterIP },
        Resources = new ResourceSettings { Cpu = 0.01, Memory = "64Mi", MinReplicas = 1, MaxReplicas = 1 },
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = "hunter22" },
        ServiceAccount = new ServiceAccountSettings { Create = true },
        NetworkPolicy = true,
    };

    private static DeploymentSettings Second(string space) => First(space) with
    {
        NetworkPolicy = false,
        SecretEnvironment = new Dictionary<string, string> { ["PASSWORD"] = "hunter33" },
        Environment = new Dictionary<string, string> { ["COLOUR"] = "blue" },
    };

    private async Task RunMatrixAsync(Func<string, DeploymentSettings>? before, Func<string, DeploymentSettings> settings)
    {
        var inner = await ConnectAsync();
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
        await EachAsync(cases, item => $"{item.Call} × {item.Kind}{(item.Persists ? ", for ever" : "")}", async (item, name, cancellation) =>
        {
            var space = Name();
            if (before is not null)
            {
                await DeployAsync(inner, before(space), cancellation);
            }

            var time = Time();
            var transport = new FaultAtCall(inner, time, space) { Call = item.Call, Kind = item.Kind, Persists = item.Persists };
            var ended = await EndAsync(Engine(transport, time).DeployAsync(settings(space), null, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (!transport.WasHit)
            {
                Interlocked.Increment(ref _unreached);
            }

            if (ended is DeploymentException failure)
            {
                Interlocked.Increment(ref _failed);
                if (!item.Persists && item.Kind != FaultKind.Conflict)
                {
                    Report(name, $"once was enough to fail it: {failure.Message}");
                }
            }
            else if (ended is not null)
            {
                Report(name, $"ended with {ended}");
            }

            await ConvergesAsync(inner, name, settings(space), expected, cancellation);
        });

        Summarize(before is null ? "first" : "update", cases.Count);
    }

    // Every case within its bound, and all that goes wrong with its name.
    private async Task EachAsync<T>(IEnumerable<T> cases, Func<T, string> nameOf, Func<T, string, CancellationToken, Task> run)
    {
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation }, async (item, _) =>
        {
            var name = nameOf(item);
            if (_hanging >= MostHanging)
            {
                Report(name, "not tried, because too many before it hang");
                return;
            }

            try
            {
                await WithinBoundAsync(name, async cancellation =>
                {
                    await run(item, name, cancellation);
                    return true;
                });
            }
            catch (HangException failure)
            {
                Interlocked.Increment(ref _hanging);
                Report(name, failure.Message);
            }
            catch (Exception failure) when (!Cancellation.IsCancellationRequested)
            {
                Report(name, $"cannot be tried: {failure}");
            }
        });
    }

    private Task<IClusterTransport> ConnectAsync() => WithinBoundAsync("the start of the cluster", _ => faults.ConnectAsync());

    private static Task<(IReadOnlyList<(string Call, bool IsWatch)> Calls, string Expected)> UndisturbedAsync(
        IClusterTransport inner, Func<string, DeploymentSettings>? before, Func<string, DeploymentSettings> settings) => WithinBoundAsync("the run without a fault", async cancellation =>
        {
            var space = Name();
            if (before is not null)
            {
                await DeployAsync(inner, before(space), cancellation);
            }

            // Here a second is one: a pod that nobody reaches, which would be waited for in every case, is to be noticed, and
            // not one that the cluster is slow to tell of.
            var time = new SkippingTime { Look = TimeSpan.FromSeconds(1) };
            var recorded = new FaultAtCall(inner, time, space);
            var result = await Engine(recorded, time).DeployAsync(settings(space), null, cancellation);
            Assert.Empty(result.Warnings);
            return (recorded.Calls, await LiveState.OfAsync(Objects(inner), space, cancellation));
        });

    private async Task ConvergesAsync(IClusterTransport inner, string name, DeploymentSettings settings, string expected, CancellationToken cancellation)
    {
        try
        {
            await DeployAsync(inner, settings, cancellation);
            var state = await LiveState.OfAsync(Objects(inner), settings.Namespace, cancellation);
            if (state != expected)
            {
                var (lines, wanted) = (state.Split('\n'), expected.Split('\n'));
                Report(name, $"the second run leaves\n+ {string.Join("\n+ ", lines.Except(wanted))}\n- {string.Join("\n- ", wanted.Except(lines))}");
            }
        }
        catch (DeploymentException failure)
        {
            Report(name, $"the second run fails: {failure.Message}");
        }
    }

    private static async Task DeployAsync(IClusterTransport inner, DeploymentSettings settings, CancellationToken cancellation)
    {
        var time = Time();
        await Engine(new FaultAtCall(inner, time, settings.Namespace), time).DeployAsync(settings, null, cancellation);
    }

    // Null when it went well.
    private static async Task<Exception?> EndAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // Whatever it waits for, and whether it hears of its cancellation or not.
    private static async Task<T> WithinBoundAsync<T>(string name, Func<CancellationToken, Task<T>> run)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var work = Task.Run(() => run(end.Token), Cancellation);
        await Task.WhenAny(work, Task.Delay(Bound, end.Token));
        if (!work.IsCompleted)
        {
            await end.CancelAsync();
            throw new HangException($"{name} hangs: no end within {Bound.TotalSeconds:0} s");
        }

        await end.CancelAsync();
        return await work;
    }

    private static ClusterObjects Objects(IClusterTransport inner) => new(new ApiClient(() => inner, TimeProvider.System));

    private static DeploymentEngine Engine(IClusterTransport transport, TimeProvider time) =>
        new(() => transport, new DeploymentEngineOptions { TimeProvider = time, AddressGrace = TimeSpan.FromSeconds(1) });

    // What comes with time alone comes sooner; but not before the cluster has had its own.
    private static SkippingTime Time() => new() { Look = TimeSpan.FromMilliseconds(100) };

    private static string Name() => $"fault-{Guid.NewGuid():N}"[..18];

    private void Report(string name, string problem) => _problems.Enqueue($"{name}: {problem}");

    private void Summarize(string what, int cases)
    {
        var time = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {cases} cases, {_failed} of them ended in an error, {_unreached} were not reached; {_problems.Count} problems; {time:0} s of CPU in all so far");
        Assert.Null(faults.NodeFailure);
        Assert.True(_problems.IsEmpty, $"{_problems.Count} of {cases}:\n{string.Join('\n', _problems.Take(30))}");
        Assert.InRange(_unreached, 0, cases / 10);
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : IProgress<DeploymentProgress>
    {
        public void Report(DeploymentProgress value) => lines.Enqueue(value.Message);
    }

    private sealed class HangException(string message) : Exception(message);
}
