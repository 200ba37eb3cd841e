using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>Turns settings into objects. Pure: the same settings and salt give the same bytes.</summary>
internal static class ManifestRenderer
{
    /// <summary>The objects in the order in which they are applied; those of the second list only if the settings ask for them.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="secrets">How Secrets are named and filled: for a cluster, or for publishing.</param>
    public static RenderedManifest Render(DeploymentSettings settings, ISecretForm secrets) =>
        new([.. RenderOwn(settings, secrets).Objects, .. AdditionalObjects.Render(settings)]);

    /// <summary>Those that we make ourselves: all but the additional ones.</summary>
    public static RenderedManifest RenderOwn(DeploymentSettings settings, ISecretForm secrets)
    {
        var metadata = new ObjectMetadata(settings);
        var environmentSecret = EnvironmentSecret.Render(settings, metadata, secrets);
        var pullSecret = PullSecret.Render(settings, metadata, secrets);
        var configFiles = ConfigFilesObject.Render(settings, metadata);
        var authSecret = AuthSecret.Render(settings, metadata, secrets);
        var links = new PodLinks { EnvironmentSecret = environmentSecret?.Id.Name, PullSecret = pullSecret?.Id.Name, ConfigFiles = configFiles?.Id.Name, AuthKeys = authSecret?.Id.Name };
        RenderedObject?[] objects =
        [
            NamespaceObject.Render(settings.Namespace),
            NetworkPolicyObject.Render(settings, metadata),
            ServiceAccountObject.Render(settings, metadata),
            RoleBindingObject.Render(settings, metadata),
            environmentSecret,
            pullSecret,
            authSecret,
            configFiles,
            ServiceObject.Render(settings, metadata),
            DisruptionBudgetObject.Render(settings, metadata),
            DeploymentObject.Render(settings, metadata, links),
            HorizontalAutoscalerObject.Render(settings, metadata),
            ScaledObject.Render(settings, metadata),
            IngressObject.Render(settings, metadata),
            RouteObject.Render(settings, metadata),
        ];
        return new RenderedManifest([.. objects.OfType<RenderedObject>()]);
    }
}
