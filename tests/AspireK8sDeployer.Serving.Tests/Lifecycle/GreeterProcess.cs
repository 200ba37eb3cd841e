using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

/// <summary>The playground's greeter as a process of its own, on a free port.</summary>
internal sealed partial class GreeterProcess : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GreeterProcess(Process process) => _process = process;

    public string Output => string.Join('\n', _output);

    public static async Task<(GreeterProcess Process, Uri Address)> StartAsync(CancellationToken cancellationToken)
    {
        var path = typeof(GreeterProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Greeter").Value!;
        var start = new ProcessStartInfo("dotnet", ["exec", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(path),
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        var greeter = new GreeterProcess(new Process { StartInfo = start });
        greeter._process.OutputDataReceived += greeter.Read;
        greeter._process.ErrorDataReceived += greeter.Read;
        greeter._process.Start();
        greeter._process.BeginOutputReadLine();
        greeter._process.BeginErrorReadLine();
        return (greeter, await greeter._address.Task.WaitAsync(Bound, cancellationToken));
    }

    /// <summary>Sends SIGTERM, which .NET's own Process cannot.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit(Bound);
    }

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Bound, cancellationToken);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
        {
            return;
        }

        _output.Enqueue(text);
        if (Listening.Match(text) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"answers at (?<address>http://\S+)\. Try it:")]
    private static partial Regex Listening { get; }
}
