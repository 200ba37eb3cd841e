using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>What a deployer may do to what is in its way: from configuration, then from its calls.</summary>
internal static class EngineOptionsReader
{
    public static void Read(KubernetesDeployerResource deployer, DeploymentEngineOptions options, ICollection<SettingsError> errors)
    {
        var section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer));
        if (Value<AdoptionPolicy>(section, DeployerKeys.Adoption, string.Join(", ", Enum.GetNames<AdoptionPolicy>()), errors) is { } adoption)
        {
            options.Adoption = adoption;
        }

        if (Value<bool>(section, DeployerKeys.TakeOver, "true", errors) is { } takeOver)
        {
            options.TakeOver = takeOver;
        }

        if (section[DeployerKeys.Replacement] is { Length: > 0 } kinds)
        {
            options.Replacement = kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        foreach (var call in deployer.Annotations.OfType<EngineOptionsAnnotation>())
        {
            call.Configure(options);
        }
    }

    private static T? Value<T>(IConfigurationSection section, string key, string example, ICollection<SettingsError> errors)
        where T : struct
    {
        if (section[key] is not { } text)
        {
            return null;
        }

        if (SettingText.TryParse<T>(text, out var value))
        {
            return value;
        }

        errors.Add(new SettingsError($"{section.Path}:{key}", $"is \"{text}\", which cannot be read", $"give {SettingText.OneLike(example)}"));
        return null;
    }
}
