using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The process cannot be started at all.</summary>
internal static class CommandRules
{
    private static readonly string[] Always = ["executable file not found", "no command specified", "exec format error"];
    private static readonly string[] OfCommand = ["no such file or directory", "permission denied", "not a directory", "is a directory"];

    /// <summary>Whether the runtime's words are about the command, and not about a mount or the runtime itself.</summary>
    public static bool IsAbout(string message) =>
        Contains(message, Always)
        || (Contains(message, OfCommand) && !message.Contains("mount", StringComparison.OrdinalIgnoreCase));

    /// <summary>What an end before the first instruction means.</summary>
    public static Diagnosis Of(V1ContainerStatus status, string message)
    {
        var name = status.Name;
        var diagnosis = message switch
        {
            _ when message.Contains("exec format error", StringComparison.Ordinal) => new Diagnosis(
                "IMAGE_PLATFORM", FailureClass.FatalOnProof, $"container {name}: the image is not built for the node's platform ({message})",
                "build the image for the platform of the nodes"),
            _ when message.Contains("OOM-killed", StringComparison.Ordinal) || message.Contains("memory limit too low", StringComparison.Ordinal) => new Diagnosis(
                "OOM_KILLED", FailureClass.FatalOnProof, $"container {name} was killed before it began: its memory limit is too low ({message})",
                "give it more with .WithResources(memory: \"…\")"),
            _ when message.Length == 0 || IsAbout(message) || message.StartsWith("exit code", StringComparison.Ordinal) => new Diagnosis(
                "CMD_NOT_FOUND", FailureClass.FatalOnProof, $"container {name} cannot start its command: {message}", "correct .WithContainerCommand(…), or the image's entry point"),
            _ => new Diagnosis(
                "CREATE_ERROR", FailureClass.FatalOnProof, $"container {name} cannot be started: {message}", "correct what the message names and deploy again"),
        };
        return diagnosis with
        {
            Times = Math.Max(1, status.RestartCount),
            Container = name,
            Evidence = message,
        };
    }

    private static bool Contains(string message, string[] words) => words.Any(item => message.Contains(item, StringComparison.OrdinalIgnoreCase));
}
