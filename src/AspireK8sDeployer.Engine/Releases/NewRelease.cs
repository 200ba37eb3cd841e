using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>Makes the record of a deploy that begins. Pure.</summary>
internal static class NewRelease
{
    // A Secret holds 1 MiB in all; what is left is for the record and for what is seen when it fails.
    internal const int LargestManifest = 700 * 1024;

    public static Release Of(PreparedPlan plan, DeployOrder order, int revision, string author, DateTimeOffset now)
    {
        var (settings, manifest, _) = plan.Wanted!;
        var packed = PackedManifest.Pack(manifest);
        var images = PodTree.Containers(manifest.Pod).Select(container => container.Text("image")).OfType<string>().Distinct().ToList();
        var info = new ReleaseInfo
        {
            Revision = revision,
            Outcome = ReleaseOutcome.Pending,
            Image = settings.Image,
            Version = settings.Version,
            Author = author,
            Begun = now,
            Changes = PlanText.Counts(plan.Public),
            RollbackOf = order.RollbackOf,
        };
        return new Release(plan.Deployment, info, PackedManifest.DigestOf(manifest), packed.Length <= LargestManifest ? packed : null)
        {
            Images = images,
            Plan = [.. plan.Public.Changes.Where(change => change.Kind != ChangeKind.Unchanged).Select(Line)],
            Needs = [.. manifest.Objects.Where(item => IsNeeded(item, plan.Deployment)).Select(item => $"{item.Id.Kind}/{item.Id.Name}")],
            ImageIsOurs = settings.ImageIsOurs,
            DeployTimeout = settings.DeployTimeout,
        };
    }

    // What has its content in its name is never changed, so that it still is what it was. The callers' keys are not what was
    // deployed, but without them the pods cannot start.
    private static bool IsNeeded(RenderedObject item, DeploymentIdentity deployment) =>
        item.Id.Kind is "Secret" or "ConfigMap"
        && ((bool?)item.Body["immutable"] == true || item.Id.Name == AuthKey.SecretName(deployment.Name));

    // With the paths of what changed, but not the values.
    private static string Line(PlannedChange change)
    {
        var paths = string.Join(", ", change.Fields.Select(field => field.Path));
        return $"{change.Kind} {change.Id}{(paths.Length == 0 ? "" : $": {paths}")}";
    }
}
