using System.Text.Json;
using AspireK8sDeployer.Hosting.Output;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>How this AppHost is told to do something else.</summary>
internal static class AppHostCommand
{
    /// <summary>The line that removes what this AppHost deployed: Aspire's CLI when that runs us, else a launch profile when there is one.</summary>
    public static string ToDestroy(IConfiguration configuration)
    {
        if (PlainConsole.HasCli(configuration))
        {
            return "aspire destroy";
        }

        // `dotnet run` starts an AppHost in the AppHost's own folder; the shell says where the user is.
        var here = Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } shell ? shell : Directory.GetCurrentDirectory();
        var directory = configuration["AppHost:Directory"] ?? Directory.GetCurrentDirectory();
        var project = Path.GetRelativePath(here, directory);
        var run = project == "." ? "dotnet run" : $"dotnet run --project {project}";
        return ProfileOf(directory) is { } profile ? $"{run} --launch-profile {profile}" : $"{run} -- --operation publish --step destroy";
    }

    private static string? ProfileOf(string directory)
    {
        var file = Path.Combine(directory, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var settings = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return settings.RootElement.GetProperty("profiles").EnumerateObject()
                .FirstOrDefault(profile => profile.Value.TryGetProperty("commandLineArgs", out var arguments)
                    && arguments.GetString()!.Contains("--step destroy", StringComparison.Ordinal))
                .Name;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
