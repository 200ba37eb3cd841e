using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Pipelines;

/// <summary>Docker or Podman, by their command lines. Only Aspire's own image steps need it.</summary>
internal static class ContainerRuntime
{
    private static readonly string[] Commands = ["docker", "podman"];

    public static async Task CheckAsync(PipelineStepContext context) => _ = await FindAsync(context.CancellationToken);

    public static async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var command in Commands)
        {
            try
            {
                await CommandLine.RunAsync(command, ["info"], null, cancellationToken);
                return command;
            }
            catch (Exception e) when (e is Win32Exception or DistributedApplicationException)
            {
                // Not installed, or installed and not running: the next one may be.
            }
        }

        throw new DistributedApplicationException("Neither Docker nor Podman is running. Start one and try again.");
    }
}

internal static class CommandLine
{
    /// <summary>Runs a command to its end. What it prints goes to <paramref name="output"/>, and into the error when it fails.</summary>
    public static async Task RunAsync(string command, IEnumerable<string> arguments, Action<string>? output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var lines = new Queue<string>();

        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError), process.WaitForExitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"'{command} {string.Join(' ', start.ArgumentList)}' failed with exit code {process.ExitCode}: {string.Join(Environment.NewLine, lines)}");
        }

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                output?.Invoke(line);
                lock (lines)
                {
                    lines.Enqueue(line);
                    if (lines.Count > 20)
                    {
                        lines.Dequeue();
                    }
                }
            }
        }
    }
}
