using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Gathers additional objects, and reads the files of those that have one.</summary>
internal static class AdditionalResourceFiles
{
    private const string Setting = "AdditionalResources";

    public static IReadOnlyList<AdditionalResource> Read(PipelineDeploymentOptions options, string directory, ICollection<SettingsError> errors) =>
    [
        .. options.AdditionalResources.Select(path => Read(path, directory, errors)).OfType<AdditionalResource>(),
        .. options.AdditionalObjects.Select(AdditionalResource.FromObject),
    ];

    private static AdditionalResource? Read(string path, string directory, ICollection<SettingsError> errors)
    {
        var file = Path.GetFullPath(path, directory);
        try
        {
            return AdditionalResource.FromYaml(File.ReadAllText(file), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var problem = Directory.Exists(file) ? "is a folder" : File.Exists(file) ? failure.Message : "is not there";
            errors.Add(new SettingsError(Setting, $"names the file {file}, which {problem}", $"name files relative to {directory}: .WithAdditionalResources(\"k8s/volume-claim.yaml\")"));
            return null;
        }
    }
}
