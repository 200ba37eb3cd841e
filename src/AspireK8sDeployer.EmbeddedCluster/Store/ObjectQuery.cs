using System.Collections.Immutable;
using AspireK8sDeployer.EmbeddedCluster.Selectors;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>Which objects of a kind are meant.</summary>
/// <param name="Namespace">One namespace, or null for all.</param>
/// <param name="Labels">What their labels must be.</param>
/// <param name="Fields">What their fields must be.</param>
internal sealed record ObjectQuery(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public bool IsSelective => !Labels.IsEverything || !Fields.IsEverything;

    public bool Matches(StoredObject obj) =>
        (Namespace is null || obj.Namespace == Namespace) && Labels.Matches(obj.Labels) && Fields.Matches(obj);

    public IEnumerable<StoredObject> Select(ImmutableSortedDictionary<string, StoredObject> objects)
    {
        if (Namespace is { Length: > 0 } && Fields.Name is { } name)
        {
            return objects.TryGetValue(StoredObject.KeyOf(Namespace, name), out var one) && Matches(one) ? [one] : [];
        }

        return objects.Values.Where(Matches);
    }
}
