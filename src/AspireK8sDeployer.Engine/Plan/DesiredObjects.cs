using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>The objects that are to be, complete with the values of Secrets.</summary>
/// <param name="Settings">What they were made of; for recorded objects, as much of it as can be told from them.</param>
/// <param name="Manifest">The objects.</param>
/// <param name="Warnings">What the user should know of them.</param>
internal sealed record DesiredObjects(DeploymentSettings Settings, RenderedManifest Manifest, IReadOnlyList<string> Warnings);
