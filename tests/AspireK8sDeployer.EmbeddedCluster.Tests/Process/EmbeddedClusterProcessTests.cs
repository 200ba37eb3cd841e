using System.Diagnostics;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Process;

/// <summary>The program as its users start it; each test has a state directory of its own.</summary>
public sealed class EmbeddedClusterProcessTests : IAsyncLifetime
{
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
        var pid = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(run, Ct))!["Info"]!["ProcessId"]!.GetValue<int>();

        Signals.Send(pid, Signals.Kill);
        var up = await RunAsync("up");

        Assert.Equal(0, up.ExitCode);
        Assert.DoesNotContain($"process {pid}.", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownCommand_SaysWhatThereIs()
    {
        var answer = await RunAsync("dance");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("usage: embedded-cluster", answer.Output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string command)
    {
        var program = typeof(EmbeddedCluster).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_STATE_HOME"] = _state;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await errors);
    }
}
