using System.Collections.Immutable;

namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>
/// Every kind that the server serves at this moment: the built-in ones and those that CustomResourceDefinitions add.
/// Readers see one immutable version at a time.
/// </summary>
internal sealed class ResourceTable
{
    private readonly Lock _changing = new();
    private volatile Snapshot _current = new(BuiltInResources.Create());

    public IReadOnlyList<ResourceDefinition> All => _current.Rows;

    public ResourceDefinition? Find(string group, string version, string plural) =>
        _current.ByPlural.GetValueOrDefault((group, version, plural));

    public ResourceDefinition? FindKind(string group, string version, string kind) =>
        _current.ByKind.GetValueOrDefault((group, version, kind));

    /// <summary>The row of a built-in kind by its <c>k8s.Models</c> type.</summary>
    public ResourceDefinition Of(Type model) =>
        _current.ByModel.GetValueOrDefault(model)
        ?? throw new ArgumentException($"{model.Name} is not a kind that the embedded cluster serves.", nameof(model));

    public ResourceDefinition Of<T>() => Of(typeof(T));

    /// <summary>The row of a kind that is known to exist, as <c>Kind("apps/v1", "Deployment")</c>.</summary>
    public ResourceDefinition Kind(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return FindKind(slash < 0 ? "" : apiVersion[..slash], apiVersion[(slash + 1)..], kind)
            ?? throw new ArgumentException($"{apiVersion} {kind} is not a kind that the embedded cluster serves.", nameof(kind));
    }

    /// <summary>Adds, or replaces by group, version and plural, the rows of a custom resource.</summary>
    public void Set(IEnumerable<ResourceDefinition> rows)
    {
        lock (_changing)
        {
            var changed = rows.ToDictionary(Key);
            _current = new Snapshot([.. _current.Rows.Where(row => !changed.ContainsKey(Key(row))), .. changed.Values]);
        }
    }

    public void Remove(string group, string plural)
    {
        lock (_changing)
        {
            _current = new Snapshot([.. _current.Rows.Where(row => row.Group != group || row.Plural != plural)]);
        }
    }

    private static (string Group, string Version, string Plural) Key(ResourceDefinition row) => (row.Group, row.Version, row.Plural);

    private sealed class Snapshot(IReadOnlyList<ResourceDefinition> rows)
    {
        public IReadOnlyList<ResourceDefinition> Rows { get; } = rows;

        public ImmutableDictionary<(string, string, string), ResourceDefinition> ByPlural { get; } =
            rows.ToImmutableDictionary(row => (row.Group, row.Version, row.Plural));

        public ImmutableDictionary<(string, string, string), ResourceDefinition> ByKind { get; } =
            rows.ToImmutableDictionary(row => (row.Group, row.Version, row.Kind));

        public ImmutableDictionary<Type, ResourceDefinition> ByModel { get; } =
            rows.Where(row => row.Model is not null).ToImmutableDictionary(row => row.Model!);
    }
}
