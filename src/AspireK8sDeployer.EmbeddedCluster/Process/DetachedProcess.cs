using System.Diagnostics;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Starts a .NET program that outlives this process: in a session of its own, with a file for its output.</summary>
internal static class DetachedProcess
{
    /// <summary>
    /// The shell puts the program's output into the log before it begins, so that it holds nothing of this process: a
    /// caller that reads our output to its end is not kept waiting.
    /// </summary>
    private const string Script = "exec setsid \"$@\" </dev/null >>\"$LOG\" 2>&1";

    public static System.Diagnostics.Process Start(string assembly, IEnumerable<string> arguments, string log)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path && File.Exists(path) ? path
            : Node.HostRuntime.Root is { } root ? Path.Combine(root, "dotnet") : "dotnet";
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", host, assembly, .. arguments])
        {
            WorkingDirectory = "/", // nothing is kept from being unmounted or removed
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LOG"] = log;
        foreach (var name in start.Environment.Keys.Where(IsOfCaller).ToArray())
        {
            start.Environment.Remove(name);
        }

        var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>What tells a program how to run in its host must not tell the cluster: ports to listen on, hooks, a debugger.</summary>
    private static bool IsOfCaller(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("ASPIRE_", StringComparison.Ordinal)
        || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)
        || name is "DOTNET_STARTUP_HOOKS" or "DOTNET_LAUNCH_PROFILE" or "DOTNET_URLS" or "DOTNET_ENVIRONMENT" or "DOTNET_HOST_PATH" or "DOTNET_CLI_TELEMETRY_SESSIONID";
}
