using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>A process whose lines go to the console, and which does not outlive us: it is asked to end, and then made to.</summary>
internal sealed partial class ResourceProcess : IDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly Task _output;

    public ResourceProcess(ProcessStartInfo start, ResourceConsole console)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _output = Task.WhenAll(CopyAsync(_process.StandardOutput, console), CopyAsync(_process.StandardError, console));
    }

    /// <summary>The exit code of the process, which is stopped when the token says so.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _process.WaitForExitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
        }

        await _output;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // Ctrl-C on a terminal has reached the process already; a second request does no harm.
    private async Task StopAsync()
    {
        if (OperatingSystem.IsWindows() || Kill(_process.Id, SigTerm) != 0)
        {
            _process.Kill(entireProcessTree: true);
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(GracePeriod);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    private static async Task CopyAsync(StreamReader reader, ResourceConsole console)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            console.WriteLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
