using System.Diagnostics;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>A process of this program that runs beside what is measured, so that its processor time is told apart.</summary>
internal sealed class Companion : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Companion(Process process, string greeting) => (_process, Greeting) = (process, greeting);

    /// <summary>What it said when it was ready.</summary>
    public string Greeting { get; }

    public int Id => _process.Id;

    /// <summary>Starts one, and waits for the line by which it says that it is ready.</summary>
    public static async Task<Companion> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var process = Process.Start(OwnProgram.Companion(arguments))!;
        try
        {
            var greeting = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return new Companion(process, greeting ?? throw new InvalidOperationException($"'{arguments[0]}' ended before it was ready"));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>In a companion: says that it is ready, and returns when whoever started it wants no more of it, or is gone.</summary>
    public static async Task ServeAsync(string greeting)
    {
        await Console.Out.WriteLineAsync(greeting);
        await Console.Out.FlushAsync();
        await Console.In.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
