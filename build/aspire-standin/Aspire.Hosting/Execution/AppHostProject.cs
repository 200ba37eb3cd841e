using System.Reflection;

namespace Aspire.Hosting.Execution;

/// <summary>The project of the AppHost: the build stamps it into the assembly, since the current directory may be any.</summary>
internal sealed record AppHostProject(string Directory, string Path)
{
    public static AppHostProject Of(Assembly? assembly, DistributedApplicationOptions options)
    {
        var metadata = assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var directory = options.ProjectDirectory ?? metadata?["AppHostProjectPath"].FirstOrDefault() ?? Environment.CurrentDirectory;
        directory = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory));
        var name = metadata?["AppHostProjectName"].FirstOrDefault() ?? assembly?.GetName().Name ?? "AppHost";
        return new(directory, System.IO.Path.Combine(directory, name));
    }
}
