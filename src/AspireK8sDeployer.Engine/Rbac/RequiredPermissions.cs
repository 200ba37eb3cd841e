using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>
/// What plan, lock, apply, wait, prune, diagnosis and delete of a deployment ask of the API: for exactly its settings, and
/// nothing else. Pure.
/// </summary>
/// <remarks>
/// Whatever has a name that is known beforehand is asked for by that name. What has not are lists, watches and plain
/// creations, and the Secrets and ConfigMaps that are named by their content.
/// </remarks>
internal static class RequiredPermissions
{
    private static readonly string[] NamedByContent = ["Secret", "ConfigMap"];

    /// <summary>The permissions, each once, in the order in which a Role lists them.</summary>
    public static IReadOnlyList<RequiredPermission> Of(DeploymentSettings settings) => Of(settings, ManifestRenderer.Render(settings, new PublishedSecrets()));

    /// <summary>The same, of settings that are rendered already.</summary>
    public static IReadOnlyList<RequiredPermission> Of(DeploymentSettings settings, RenderedManifest manifest)
    {
        var ours = manifest.Objects.Where(item => item.Id.Kind != ObjectKind.Namespace.Kind).ToList();
        var all = OfNamespace(settings)
            .Concat(OfRecords(settings))
            .Concat(OfLock(settings))
            .Concat(ours.SelectMany(item => OfObject(item.Id, settings)))
            .Concat(OfBinding(settings))
            .Concat(OfRollout(settings, ours))
            .Concat(OfEndpoint(settings))
            .ToHashSet();
        return
        [
            // What is allowed for all needs no name besides.
            .. all.Where(item => item.Permission.Name is null || !all.Contains(item with { Permission = item.Permission with { Name = null } }))
                .OrderBy(item => item.Namespace is null)
                .ThenBy(item => item.Permission.Group, StringComparer.Ordinal)
                .ThenBy(item => item.Permission.FullResource, StringComparer.Ordinal)
                .ThenBy(item => item.Permission.Name, StringComparer.Ordinal)
                .ThenBy(item => item.Permission.Verb, StringComparer.Ordinal),
        ];
    }

    /// <summary>To make the namespace, where there is none. Whoever may not, has an administrator make it.</summary>
    public static RequiredPermission ToCreateNamespace { get; } = new(new Permission("", "namespaces", "create"), null);

    // A namespace is its own: a Role in it gives the right to read it.
    private static IEnumerable<RequiredPermission> OfNamespace(DeploymentSettings settings) =>
        In(settings, ObjectKind.Namespace, settings.Namespace, "get");

    // Releases are numbered, and no rule can name them all.
    private static IEnumerable<RequiredPermission> OfRecords(DeploymentSettings settings) =>
        In(settings, ObjectKind.Secret, null, "list", "create", "update", "delete")
            .Concat(In(settings, ObjectKind.Secret, Inventory.IdOf(settings.Identity).Name, "get"));

    private static IEnumerable<RequiredPermission> OfLock(DeploymentSettings settings) =>
        In(settings, ObjectKind.Lease, null, "create").Concat(In(settings, ObjectKind.Lease, Names.Lease(settings.Name), "get", "update", "delete"));

    // Read, planned and applied, pruned or deleted. To apply what is not there takes the right to create it as well, of which
    // the server knows the name, unlike that of a POST.
    private static IEnumerable<RequiredPermission> OfObject(ObjectId id, DeploymentSettings settings)
    {
        var (group, resource) = ResourceName.Of(id);
        var name = NamedByContent.Contains(id.Kind) && id.Name != AuthKey.SecretName(settings.Name) ? null : id.Name;
        IEnumerable<(string Verb, string? Name)> verbs = [("list", null), ("create", name), ("get", name), ("patch", name), ("delete", name)];
        return verbs.Select(item => new RequiredPermission(
            new Permission(group, resource, item.Verb, Name: item.Name), id.Namespace is null ? null : settings.Namespace));
    }

    // Nobody may give what he has not, unless he may bind the role.
    private static IEnumerable<RequiredPermission> OfBinding(DeploymentSettings settings)
    {
        (string Resource, string Name)? role = settings.ServiceAccount switch
        {
            { Role: { } name } => ("roles", name),
            { ClusterRole: { } name } => ("clusterroles", name),
            _ => null,
        };
        if (role is { } bound)
        {
            yield return new RequiredPermission(
                new Permission("rbac.authorization.k8s.io", bound.Resource, "bind", Name: bound.Name), settings.Namespace,
                $"only who has all rights of '{bound.Name}' may bind it");
        }
    }

    private static IEnumerable<RequiredPermission> OfRollout(DeploymentSettings settings, IReadOnlyList<RenderedObject> rendered)
    {
        RequiredPermission To(ObjectKind kind, string verb, string? without = null, string? subresource = null) =>
            new(new Permission(kind.Group, kind.Plural, verb, subresource), settings.Namespace, without);
        // A list that is asked for again and again does as well, only later (ObjectStream).
        RequiredPermission ToFollow(ObjectKind kind) => To(kind, "watch", "changes are not told, but asked for every two seconds");
        return
        [
            ToFollow(ObjectKind.Deployment),
            // Which Secrets of older revisions are still needed.
            To(ObjectKind.ReplicaSet, "list"),
            ToFollow(ObjectKind.ReplicaSet),
            To(ObjectKind.Pod, "list", "a rollout that fails is not explained"),
            ToFollow(ObjectKind.Pod),
            To(ObjectKind.Pod, "get", "a container that fails is not quoted", "log"),
            To(ObjectKind.EndpointSlice, "list", "a Service that leads to no pod is not noticed"),
            ToFollow(ObjectKind.EndpointSlice),
            To(ObjectKind.Event, "list", "a rollout that fails is explained by its pods alone"),
            To(ObjectKind.Event, "watch", "a rollout that fails is explained by its pods alone"),
            .. new[] { ObjectKind.Autoscaler, ObjectKind.DisruptionBudget, ObjectKind.ScaledObject }
                .Where(kind => rendered.Any(item => item.Id.Kind == kind.Kind))
                .Select(ToFollow),
        ];
    }

    private static IEnumerable<RequiredPermission> OfEndpoint(DeploymentSettings settings)
    {
        // Behind an Ingress or a Gateway nobody asks for the nodes.
        if (settings is { Service.Type: ServiceType.NodePort, Ingress: null, Gateway: null })
        {
            yield return new RequiredPermission(
                new Permission(ObjectKind.Node.Group, ObjectKind.Node.Plural, "list"), null, "the address of the node port is guessed: that of the API server");
        }

        if (settings.Gateway is { } gateway)
        {
            yield return new RequiredPermission(
                new Permission(ObjectKind.Gateway.Group, ObjectKind.Gateway.Plural, "get", Name: gateway.Name), gateway.Namespace ?? settings.Namespace,
                "the address behind the Gateway is not known");
        }
    }

    private static IEnumerable<RequiredPermission> In(DeploymentSettings settings, ObjectKind kind, string? name, params string[] verbs) =>
        verbs.Select(verb => new RequiredPermission(new Permission(kind.Group, kind.Plural, verb, Name: name), settings.Namespace));
}
