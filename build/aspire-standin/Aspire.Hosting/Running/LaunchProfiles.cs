using System.Text.Json;

namespace Aspire.Hosting.Running;

/// <summary>The launch profile a project is started with: <c>Properties/launchSettings.json</c>, read as <c>dotnet run</c> reads it.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static (string Name, LaunchProfile Profile)? Select(IProjectMetadata project, string? named, string? preferred)
    {
        var profiles = Read(project)?.Profiles ?? [];
        if (named is not null)
        {
            return profiles.TryGetValue(named, out var exact)
                ? (named, exact)
                : throw new DistributedApplicationException($"The launch settings of '{project.ProjectPath}' have no profile '{named}'.");
        }

        if (preferred is not null && profiles.TryGetValue(preferred, out var same) && IsUsable(same))
        {
            return (preferred, same);
        }

        var first = profiles.FirstOrDefault(p => IsUsable(p.Value));
        return first.Value is null ? null : (first.Key, first.Value);
    }

    private static bool IsUsable(LaunchProfile profile) => string.Equals(profile.CommandName, "Project", StringComparison.OrdinalIgnoreCase);

    private static LaunchSettings? Read(IProjectMetadata project)
    {
        if (project.LaunchSettings is { } given)
        {
            return given;
        }

        var path = Path.Combine(Path.GetDirectoryName(project.ProjectPath) ?? ".", "Properties", "launchSettings.json");
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"'{path}' is not readable: {e.Message}", e);
        }
    }
}
