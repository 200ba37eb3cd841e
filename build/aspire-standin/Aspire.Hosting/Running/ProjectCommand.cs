using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting.Running;

/// <summary>What starts a project: the command that <c>dotnet run</c> would run, so that the process is ours and not a child of a child.</summary>
internal static class ProjectCommand
{
    public static async Task<ProcessStartInfo> PrepareAsync(IProjectMetadata project, ResourceConsole console, CancellationToken cancellationToken)
    {
        // The AppHost's configuration: its references were built in the same.
        var configuration = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        if (!project.SuppressBuild)
        {
            string[] build = ["build", project.ProjectPath, "-c", configuration, "-v:quiet", "-nologo"];
            await CommandLine.RunAsync("dotnet", build, console.WriteLine, cancellationToken);
        }

        var answer = new List<string>();
        await CommandLine.RunAsync(
            "dotnet",
            [
                "msbuild", project.ProjectPath, $"-p:Configuration={configuration}", "-t:ComputeRunArguments", "-nologo",
                "-getProperty:RunCommand,RunArguments,RunWorkingDirectory,TargetPath",
            ],
            answer.Add,
            cancellationToken);

        using var json = JsonDocument.Parse(string.Concat(answer));
        var properties = json.RootElement.GetProperty("Properties");
        var target = Property("TargetPath");
        if (!File.Exists(target))
        {
            throw new DistributedApplicationException($"'{project.ProjectPath}' is not built: there is no '{target}'.");
        }

        var directory = Property("RunWorkingDirectory");
        return new ProcessStartInfo(Property("RunCommand"), Property("RunArguments"))
        {
            WorkingDirectory = directory.Length > 0 ? directory : Path.GetDirectoryName(project.ProjectPath),
        };

        string Property(string name) => properties.GetProperty(name).GetString() ?? string.Empty;
    }
}
