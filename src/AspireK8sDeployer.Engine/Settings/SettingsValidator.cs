using AspireK8sDeployer.Engine.Settings.Pods;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Finds every mistake that can be known before the first call, all at once.</summary>
internal static class SettingsValidator
{
    public static IReadOnlyList<SettingsError> Validate(DeploymentSettings settings)
    {
        var errors = new SettingsErrors();
        CheckIdentity(settings, errors);
        CheckImage(settings, errors);
        ServiceRules.Check(settings, errors);
        ResourceRules.Check(settings.Resources, errors);
        AutoscalingRules.Check(settings, errors);
        IngressRules.Check(settings, errors);
        GatewayRules.Check(settings, errors);
        ServiceAccountRules.Check(settings, errors);
        ProbeRules.Check(settings, errors);
        EnvironmentRules.Check(settings, errors);
        MetadataRules.Check(settings, errors);
        PodRules.Check(settings, errors);
        AuthKeyRules.Check(settings.AuthKey, errors);
        errors.Unless(
            settings.MaxConcurrency is null or >= 1, "MaxConcurrency", $"{settings.MaxConcurrency} is less than 1", ".WithMaxConcurrency(10)");
        errors.Unless(
            settings.DeployTimeout > TimeSpan.Zero && settings.DeployTimeout <= TimeSpan.FromDays(7), "DeployTimeout",
            $"{settings.DeployTimeout} is not a time to wait (up to 7 days)", ".WithDeployTimeout(TimeSpan.FromMinutes(10))");
        errors.Unless(settings.PruneLimit is null or >= 0, "PruneLimit", $"{settings.PruneLimit} is less than 0", ".WithPruneLimit(20)");
        errors.Unless(
            settings.TerminationGracePeriod >= TimeSpan.Zero && settings.TerminationGracePeriod <= TimeSpan.FromDays(7),
            "TerminationGracePeriod", $"{settings.TerminationGracePeriod} is not between 0 s and 7 days", ".WithPodSettings(p => p.TerminationGracePeriod = TimeSpan.FromSeconds(30))");
        ConfigureRules.Check(settings, errors);
        AdditionalResourceRules.Check(settings, errors);
        return errors.Found;
    }

    /// <summary>One failure that lists all mistakes, each with the call that mends it.</summary>
    public static void ThrowIfInvalid(DeploymentSettings settings)
    {
        var errors = Validate(settings);
        if (errors.Count == 0)
        {
            return;
        }

        var problems = string.Concat(errors.Select(error => $"\n  - {error.Setting}: {error.Problem}; {error.Fix}"));
        throw new DeploymentException(
            "K8SD101", "settings",
            $"Deployment '{settings.Name}' has {(errors.Count == 1 ? "a wrong setting" : $"{errors.Count} wrong settings")}:{problems}",
            errors.Count == 1 ? "correct it and deploy again; nothing was changed" : "correct them and deploy again; nothing was changed");
    }

    private static void CheckIdentity(DeploymentSettings settings, SettingsErrors errors)
    {
        errors.Unless(
            SyntaxRules.IsServiceName(settings.Name), "Name",
            $"'{settings.Name}' is not a DNS label that begins with a letter (lower case letters, digits and '-', at most 63)",
            "builder.AddPipelineDeployment<TProject>(\"my-pipeline\")");
        errors.Unless(
            SyntaxRules.IsDnsLabel(settings.Namespace), "Namespace",
            $"'{settings.Namespace}' is not a DNS label (lower case letters, digits and '-', at most 63)",
            ".WithNamespace(\"my-namespace\")");
        errors.Unless(
            settings.Application.Length > 0 && SyntaxRules.IsLabelValue(settings.Application), "Application",
            $"'{settings.Application}' is not a label value (letters, digits, '-', '_' and '.', at most 63)",
            "give the AppHost a name of such characters");
        errors.Unless(
            settings.Version is null || (settings.Version.Length > 0 && SyntaxRules.IsLabelValue(settings.Version)), "Version",
            $"'{settings.Version}' is not a label value (letters, digits, '-', '_' and '.', at most 63)",
            "give the image a tag of such characters");
    }

    private static void CheckImage(DeploymentSettings settings, SettingsErrors errors)
    {
        errors.Unless(
            SyntaxRules.IsImageReference(settings.Image), "Image",
            $"'{settings.Image}' is not an image reference ([host[:port]/]path[:tag][@digest], the path in lower case)",
            "builder.AddPipelineDeployment(\"my-pipeline\", \"registry.example.com/my-pipeline:1.0\")");
        errors.Unless(
            settings.ImagePullPolicy is null || Enum.IsDefined(settings.ImagePullPolicy.Value), "ImagePullPolicy",
            $"{(int?)settings.ImagePullPolicy} is not a pull policy", ".WithImagePull(i => i.Policy = ImagePullPolicy.IfNotPresent)");
        foreach (var secret in settings.ImagePullSecrets)
        {
            errors.Unless(SyntaxRules.IsDnsSubdomain(secret), "ImagePullSecrets", $"'{secret}' is not the name of a Secret", ".WithImagePull(i => i.Secrets = [\"registry-credentials\"])");
        }

        if (settings.PullCredentials is { } credentials)
        {
            const string Mend = ".WithContainerRegistry(registry)";
            errors.Unless(credentials.Host.Length > 0, "PullCredentials.Host", "the registry has no host", Mend);
            errors.Unless(credentials.User.Length > 0, "PullCredentials.User", $"there is no user for the registry '{credentials.Host}'", Mend);
            // The user ends at the first colon of what nodes send.
            errors.Unless(!credentials.User.Contains(':', StringComparison.Ordinal), "PullCredentials.User", "it contains ':', at which a user name ends", Mend);
        }
    }
}
