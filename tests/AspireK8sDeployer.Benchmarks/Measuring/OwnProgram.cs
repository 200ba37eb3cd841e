using System.Diagnostics;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>This program, as a command for processes of its own.</summary>
internal static class OwnProgram
{
    /// <summary>The command and its first arguments: of an assembly that <c>dotnet</c> was told to run, that one too.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.ProcessPath!, typeof(OwnProgram).Assembly.Location] : [Environment.ProcessPath!];

    /// <summary>Starts it as a companion, which ends when its input does: also when this process is killed.</summary>
    public static ProcessStartInfo Companion(IEnumerable<string> arguments) => new(Command[0], [.. Command.Skip(1), .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    };
}
