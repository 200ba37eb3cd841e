using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = this.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is not null;
    }
}

internal sealed class ResourceCollection : IResourceCollection
{
    private readonly List<IResource> _resources = [];

    public ResourceCollection(IEnumerable<IResource>? resources = null)
    {
        foreach (var resource in resources ?? [])
        {
            Add(resource);
        }
    }

    public int Count => _resources.Count;

    public bool IsReadOnly => false;

    public IResource this[int index]
    {
        get => _resources[index];
        set => _resources[index] = value;
    }

    public void Add(IResource item) => Insert(Count, item);

    public void Clear() => _resources.Clear();

    public bool Contains(IResource item) => _resources.Contains(item);

    public void CopyTo(IResource[] array, int arrayIndex) => _resources.CopyTo(array, arrayIndex);

    public IEnumerator<IResource> GetEnumerator() => _resources.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(IResource item) => _resources.IndexOf(item);

    public void Insert(int index, IResource item)
    {
        if (((IResourceCollection)this).TryGetByName(item.Name, out _))
        {
            throw new DistributedApplicationException($"The model already has a resource '{item.Name}'. Names are not case-sensitive.");
        }

        _resources.Insert(index, item);
    }

    public bool Remove(IResource item) => _resources.Remove(item);

    public void RemoveAt(int index) => _resources.RemoveAt(index);
}
