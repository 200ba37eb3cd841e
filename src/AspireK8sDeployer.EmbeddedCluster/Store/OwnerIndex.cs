using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>Which objects name which owner, by the owner's uid. Writes come one at a time from <see cref="ObjectStore"/>; reads need no lock.</summary>
internal sealed class OwnerIndex
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<(string Kind, string Key), StoredObject>> _dependents = new();

    /// <summary>The objects that name this owner now.</summary>
    public IEnumerable<StoredObject> DependentsOf(string owner) => _dependents.TryGetValue(owner, out var dependents) ? dependents.Values : [];

    /// <summary>Takes in a change of one object; null when there was none before, or is none after.</summary>
    public void Apply(StoredObject? before, StoredObject? after)
    {
        foreach (var owner in (before?.Owners ?? []).Except(after?.Owners ?? []))
        {
            var left = _dependents[owner].Remove(IdOf(before!));
            if (left.IsEmpty)
            {
                _dependents.TryRemove(owner, out _);
            }
            else
            {
                _dependents[owner] = left;
            }
        }

        foreach (var owner in after?.Owners ?? [])
        {
            _dependents[owner] = _dependents.GetValueOrDefault(owner, ImmutableDictionary<(string, string), StoredObject>.Empty).SetItem(IdOf(after!), after!);
        }
    }

    private static (string Kind, string Key) IdOf(StoredObject obj) => (obj.Resource.GroupResource, obj.Key);
}
