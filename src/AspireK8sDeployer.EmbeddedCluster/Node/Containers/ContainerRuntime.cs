using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Starts containers as processes of this machine, and leaves none behind.</summary>
internal sealed partial class ContainerRuntime : IDisposable
{
    private const string Marker = "ASPIRE_K8S_CONTAINER";

    private readonly ProcessSpawner _spawner = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private ContainerRuntime(Isolation isolation, TimeProvider time, ILogger logger)
    {
        Isolation = isolation;
        _time = time;
        _logger = logger;
    }

    public Isolation Isolation { get; }

    public static async Task<ContainerRuntime> CreateAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var isolation = await IsolationProbe.DetectAsync(cancellationToken).ConfigureAwait(false);
        LogIsolation(logger, isolation);
        return new ContainerRuntime(isolation, time, logger);
    }

    /// <summary>A variable in the environment of every process of a container, by which they are found again.</summary>
    public static string MarkerOf(string containerId) => $"{Marker}={containerId}";

    /// <summary>Ends what an earlier run of this node left behind, however that ended.</summary>
    /// <param name="nodeId">What the ids of this node's containers begin with.</param>
    public static void KillStrays(string nodeId)
    {
        foreach (var pid in ProcessIds.All().Where(pid => pid != Environment.ProcessId && ProcessIds.HasMarker(pid, Marker, nodeId)))
        {
            Signals.Send(pid, Signals.Kill);
        }
    }

    /// <summary>Starts a container. Throws <see cref="ContainerStartException"/> when its program cannot be run.</summary>
    public async Task<ContainerProcess> StartAsync(ContainerSpec spec, string logPath)
    {
        var files = new ContainerFiles(spec.ImageRoot, spec.Mounts);
        var program = ExecutableLookup.Find(spec.Command[0], spec.Environment, spec.WorkingDirectory, files, out var problem)
            ?? throw new ContainerStartException(problem!);

        Directory.CreateDirectory(Path.Combine(spec.Directory, "root"));
        var start = Isolation == Isolation.None ? Rewritten(spec, files, program) : await IsolatedAsync(spec, files, program).ConfigureAwait(false);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        var log = new ContainerLog(logPath, _time);
        try
        {
            var process = await _spawner.StartAsync(start).ConfigureAwait(false);
            process.StandardInput.Close();
            return new ContainerProcess(spec, files, process, Isolation, log, _time);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            log.Dispose();
            throw new ContainerStartException(e.Message, e);
        }
    }

    /// <summary>Runs a command inside a running container and returns its exit code and output.</summary>
    public async Task<(int ExitCode, string Output)> ExecuteAsync(
        ContainerProcess container, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await container.StartedAsync(cancellationToken).ConfigureAwait(false))
        {
            return (126, "container not running");
        }

        var files = container.Files;
        var program = ExecutableLookup.Find(command[0], container.Spec.Environment, container.Spec.WorkingDirectory, files, out var problem);
        if (program is null)
        {
            return (126, $"OCI runtime exec failed: exec failed: unable to start container process: {problem}");
        }

        ProcessStartInfo start;
        if (Isolation == Isolation.None)
        {
            start = Rewritten(container.Spec with { Command = command }, files, program);
        }
        else if (container.MainProcess is { } main && HostTools.NsEnter is { } enter)
        {
            string[] user = Isolation == Isolation.UserNamespace
                ? ["--user", "--preserve-credentials"]
                : ["--setuid", $"{container.Spec.User}", "--setgid", $"{container.Spec.Group}"];
            start = new ProcessStartInfo(enter, ["--target", $"{main}", "--mount", "--pid", "--root", "--wd", .. user, "--", program, .. command.Skip(1)]);
            SetEnvironment(start, container.Spec);
        }
        else
        {
            return (126, "container not running");
        }

        return await RunAsync(start, timeout, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _spawner.Dispose();

    private async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, TimeSpan timeout, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        using var process = await _spawner.StartAsync(start).ConfigureAwait(false);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private async Task<ProcessStartInfo> IsolatedAsync(ContainerSpec spec, ContainerFiles files, string program)
    {
        var script = Path.Combine(spec.Directory, "launch.sh");
        await File.WriteAllTextAsync(script, LaunchScript.Render(spec, files, Isolation, program)).ConfigureAwait(false);

        // One stream for both outputs keeps them in the order in which they were written.
        string[] command = [.. IsolationProbe.Prefix(Isolation, Path.Combine(spec.Directory, ContainerProcess.ComplaintsFile)), HostTools.Shell, "-c", $"exec {HostTools.Shell} {LaunchScript.Quote(script)} 2>&1"];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" };
        SetEnvironment(start, spec);
        return start;
    }

    private static ProcessStartInfo Rewritten(ContainerSpec spec, ContainerFiles files, string program)
    {
        var directory = files.Find(spec.WorkingDirectory);
        string[] command =
        [
            .. HostTools.SetPriv is { } setpriv ? [setpriv, "--pdeathsig", "KILL"] : (string[])[],
            HostTools.Shell, "-c", ExecutableFormat.IsKnown(files.Find(program)) ? "exec 2>&1; exec \"$@\"" : "echo \"exec $1: exec format error\"; exit 1", "sh",
            files.Find(program), .. spec.Command.Skip(1).Select(files.Rewrite),
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Directory.Exists(directory) ? directory : spec.Directory,
        };
        SetEnvironment(start, spec);
        foreach (var (name, value) in spec.Environment.Where(variable => variable.Key != "PATH"))
        {
            start.Environment[name] = files.Rewrite(value);
        }

        return start;
    }

    private static void SetEnvironment(ProcessStartInfo start, ContainerSpec spec)
    {
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[Marker] = spec.Id;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Containers run with isolation {Isolation}")]
    private static partial void LogIsolation(ILogger logger, Isolation isolation);
}
