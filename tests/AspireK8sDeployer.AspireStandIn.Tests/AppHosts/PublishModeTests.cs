namespace AspireK8sDeployer.AspireStandIn.Tests.AppHosts;

[Collection(nameof(BuiltAppHost))]
public sealed class PublishModeTests(BuiltAppHost appHost) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("standin-home-").FullName;

    [Fact]
    public async Task AStep_IsShownOnTheConsole_LineByLine()
    {
        var (lines, exitCode) = await RunAsync("Ada", "--step", "greet");

        Assert.Equal(
            [
                "(greet) → Hello, Ada",
                "(greet) → Waving",
                "(greet) ✓ Waved",
                "(greet) ✓ greet completed",
                "",
                "✓ Pipeline succeeded",
            ],
            lines);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task AFailedStep_IsShownWithItsMessageAlone_AndLeavesTheExitCodeToTheStep()
    {
        var (lines, exitCode) = await RunAsync("Ada", "--step", "break");

        Assert.Equal(["(break) ✗ It broke.", "  → mend it", "", "✗ Pipeline failed: break"], lines);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task AStepThatDoesNotExist_IsAnError()
    {
        var (lines, _) = await RunAsync("Ada", "--step", "deplyo");

        Assert.StartsWith("✗ There is no step 'deplyo'.", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuestionThatNobodyCanAnswer_Fails_InsteadOfWaiting()
    {
        var (lines, _) = await RunAsync("Ada", "--step", "ask");

        Assert.Equal(["(ask) ✗ Nobody can answer here: Remove all?", "", "✗ Pipeline failed: ask"], lines);
    }

    // As in Aspire, which makes it worth a test.
    [Fact]
    public async Task ASavedParameter_WinsOverTheEnvironment_UntilTheCacheIsCleared()
    {
        var first = await RunAsync("Ada", "--step", "greet");
        var second = await RunAsync("Bob", "--step", "greet");
        var cleared = await RunAsync("Bob", "--step", "greet", "--clear-cache", "true");
        var staging = await RunAsync("Bob", "--step", "greet", "--environment", "Staging");

        Assert.Equal(
            ["(greet) → Hello, Ada", "(greet) → Hello, Ada", "(greet) → Hello, Bob", "(greet) → Hello, Bob"],
            [first.Lines[0], second.Lines[0], cleared.Lines[0], staging.Lines[0]]);
        Assert.Equal(["production.json", "staging.json"], StateFiles());
    }

    [Fact]
    public async Task Destroy_ForgetsWhatWasSaved()
    {
        await RunAsync("Ada", "--step", "greet");
        await RunAsync("Ada", "--step", "destroy");

        Assert.Empty(StateFiles());
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private IEnumerable<string?> StateFiles() => Directory
        .EnumerateFiles(Path.Combine(_home, ".aspire", "deployments"), "*", SearchOption.AllDirectories)
        .Select(Path.GetFileName)
        .Order();

    private async Task<(string[] Lines, int ExitCode)> RunAsync(string who, params string[] arguments)
    {
        using var process = appHost.Start(
            new Dictionary<string, string?> { ["HOME"] = _home, ["Parameters__who"] = who },
            ["--operation", "publish", .. arguments]);
        var lines = await process.LinesAsync();
        return ([.. lines.Select(WithoutTime)], await process.ExitCodeAsync());
    }

    // "17:05:00 (step) …" and the indentation below it.
    private static string WithoutTime(string line) => line.Length > 9 && line[2] == ':' ? line[9..] : line.StartsWith("    ", StringComparison.Ordinal) ? "  " + line.TrimStart() : line;
}
