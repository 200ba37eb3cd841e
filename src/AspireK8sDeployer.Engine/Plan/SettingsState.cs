using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What settings say.</summary>
internal sealed class SettingsState(DeploymentSettings settings) : IDesiredState
{
    public DeploymentIdentity Deployment => settings.Identity;

    // What there will be does not depend on the salt, but the names of Secrets do, and it is read with the rest. Rendering
    // twice costs a part of a millisecond, and nothing to keep in step.
    public IReadOnlyList<ObjectId> ExpectedObjects => [.. ManifestRenderer.Render(settings, new HashedSecrets([])).Objects.Select(item => item.Id)];

    public DesiredObjects In(LiveObjects live)
    {
        var resolved = GeneratedAuthKey.Resolve(settings, live);
        var manifest = ManifestRenderer.Render(resolved, new HashedSecrets(live.Inventory.Salt));
        return new DesiredObjects(resolved, manifest, PlanWarnings.Of(resolved, manifest));
    }
}
