using System.Diagnostics;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Process;

/// <summary>The program as its users start it; each test has a state directory of its own.</summary>
public sealed class EmbeddedClusterProcessTests : IAsyncLifetime
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly string _state = Directory.CreateTempSubdirectory("state-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task TwoCallersAtOnce_StartOneCluster()
    {
        var answers = await Task.WhenAll(RunAsync("up"), RunAsync("up"), RunAsync("up"));

        Assert.Single(answers.Distinct());
        Assert.Equal(0, answers[0].ExitCode);
    }

    [Fact]
    public async Task DownAndUp_FindTheSameClusterAgain()
    {
        await RunAsync("up");
        var kubeconfig = Path.Combine(_state, "aspire-k8s", "default", "state", "kubeconfig");
        var before = await File.ReadAllTextAsync(kubeconfig, Ct);

        var down = await RunAsync("down");
        var status = await RunAsync("status");
        await RunAsync("up");

        Assert.Equal((0, 3), (down.ExitCode, status.ExitCode));
        Assert.Equal(before, await File.ReadAllTextAsync(kubeconfig, Ct));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kubeconfig));
    }

    [Fact]
    public async Task KilledCluster_IsStartedAgain()
    {
        await RunAsync("up");
        var run = Path.Combine(_state, "aspire-k8s", "default", "run.json");
        var pid = JsonNode.Parse(await File.ReadAllTextAsync(run, Ct))!["Info"]!["ProcessId"]!.GetValue<int>();

        Signals.Send(pid, Signals.Kill);
        var up = await RunAsync("up");

        Assert.Equal(0, up.ExitCode);
        Assert.DoesNotContain($"process {pid}.", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterWhoseCallerWasKilled_IsWaitedFor()
    {
        var pid = await StartAndAbandonAsync();

        var up = await RunAsync("up");

        Assert.Equal(0, up.ExitCode);
        Assert.Contains($"process {pid}.", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterThatStillStarts_IsStoppedToo()
    {
        var pid = await StartAndAbandonAsync();

        var down = await RunAsync("down");

        Assert.Equal((0, "Cluster default is stopped.\n"), (down.ExitCode, down.Output));
        Assert.False(ProcessIds.IsAlive(pid));
        Assert.DoesNotContain("Unhandled", await File.ReadAllTextAsync(Path.Combine(_state, "aspire-k8s", "default", "cluster.log"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterThatStops_IsNotFoundAnyMore()
    {
        await RunAsync("up");
        var directory = Path.Combine(_state, "aspire-k8s", "default");
        var pid = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "process.json"), Ct))!["Id"]!.GetValue<int>();

        // It cannot go as long as it does not run, so that "down" is held up half way.
        Signals.Send(pid, Stop);
        using var down = Start("down");
        await UntilAsync(() => !File.Exists(Path.Combine(directory, "run.json")));
        var status = await RunAsync("status");
        Signals.Send(pid, Continue);
        await down.WaitForExitAsync(Ct);

        Assert.Equal((3, 0), (status.ExitCode, down.ExitCode));
    }

    [Fact]
    public async Task ProgramsOfOthers_AreRemovedOnlyWhenOld()
    {
        var clusters = Path.Combine(_state, "aspire-k8s");
        Directory.CreateDirectory(Path.Combine(clusters, "No Cluster"));
        var old = Directory.CreateDirectory(Path.Combine(clusters, ".bin", "0123456789abcdef"));
        var recent = Directory.CreateDirectory(Path.Combine(clusters, ".bin", "fedcba9876543210"));
        var copying = Directory.CreateDirectory(Path.Combine(clusters, ".bin", "fedcba9876543210.77~"));
        old.LastWriteTimeUtc = DateTime.UtcNow.AddDays(-1);

        var up = await RunAsync("up");

        Assert.Equal(0, up.ExitCode);
        Assert.Equal((false, true, true), (Directory.Exists(old.FullName), Directory.Exists(recent.FullName), Directory.Exists(copying.FullName)));
    }

    [Fact]
    public async Task UnknownCommand_SaysWhatThereIs()
    {
        var answer = await RunAsync("dance");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("usage: embedded-cluster", answer.Output, StringComparison.Ordinal);
    }

    private async Task<int> StartAndAbandonAsync()
    {
        var file = Path.Combine(_state, "aspire-k8s", "default", "process.json");
        using var up = Start("up");
        await UntilAsync(() => File.Exists(file));
        up.Kill();
        await up.WaitForExitAsync(Ct);
        return JsonNode.Parse(await File.ReadAllTextAsync(file, Ct))!["Id"]!.GetValue<int>();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), timeout.Token);
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string command)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await errors);
    }

    private System.Diagnostics.Process Start(string command)
    {
        var program = typeof(EmbeddedCluster).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_STATE_HOME"] = _state;
        return System.Diagnostics.Process.Start(start)!;
    }
}
