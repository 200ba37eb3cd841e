using System.Collections.Immutable;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>The objects of one kind and their recent history. Writes come one at a time from <see cref="ObjectStore"/>; reads need no lock.</summary>
internal sealed class Shelf
{
    /// <summary>How many changes back a watch can begin; before that it is told 410.</summary>
    private const int HistoryLimit = 10_000;

    /// <summary>How much of it there may be: large objects that change often have a shorter one.</summary>
    private const long HistoryBytesLimit = 64 << 20;

    private readonly Queue<Change> _history = new();
    private volatile State _state;
    private long _historyBytes;

    public Shelf(long version)
    {
        var origin = new Change(version, null, null);
        _state = new State(ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal), origin, version);
    }

    public ImmutableSortedDictionary<string, StoredObject> Objects => _state.Objects;

    /// <summary>Objects and the last change that they include, read together.</summary>
    public State Current => _state;

    /// <summary>Puts an object without history: at start, from the journal.</summary>
    public void Load(StoredObject obj) => _state = _state with { Objects = _state.Objects.SetItem(obj.Key, obj) };

    public void Apply(Change change)
    {
        var objects = change.IsDeletion
            ? _state.Objects.Remove(change.After!.Key)
            : _state.Objects.SetItem(change.After!.Key, change.After);
        var oldest = _state.OldestVersion;

        lock (_history)
        {
            _history.Enqueue(change);
            _historyBytes += SizeOf(change);
            while (_history.Count > HistoryLimit || (_historyBytes > HistoryBytesLimit && _history.Count > 1))
            {
                var dropped = _history.Dequeue();
                _historyBytes -= SizeOf(dropped);
                oldest = dropped.Version;
            }
        }

        var last = _state.Last;
        _state = new State(objects, change, oldest);
        last.Link(change);
    }

    /// <summary>Forgets the history: what is stored now is where watches can begin.</summary>
    public void Forget(long version)
    {
        lock (_history)
        {
            _history.Clear();
            _historyBytes = 0;
        }

        _state = _state with { Last = new Change(version, null, null), OldestVersion = version };
    }

    /// <summary>The change after which a watch from <paramref name="version"/> begins; null when that is too long ago.</summary>
    public Change? FindStart(long version)
    {
        lock (_history)
        {
            var state = _state;
            if (version < state.OldestVersion)
            {
                return null;
            }

            if (version >= state.Last.Version)
            {
                return state.Last;
            }

            // The first change that is too new: begin just before it.
            var first = _history.First(change => change.Version > version);
            var start = new Change(version, null, null);
            start.Link(first);
            return start;
        }
    }

    /// <summary>The objects as they were at <paramref name="version"/>; null when that is too long ago.</summary>
    public ImmutableSortedDictionary<string, StoredObject>? At(long version)
    {
        lock (_history)
        {
            var state = _state;
            if (version < state.OldestVersion)
            {
                return null;
            }

            var objects = state.Objects.ToBuilder();
            foreach (var change in _history.Reverse().TakeWhile(change => change.Version > version))
            {
                if (change.Before is null)
                {
                    objects.Remove(change.After!.Key);
                }
                else
                {
                    objects[change.Before.Key] = change.Before;
                }
            }

            return objects.ToImmutable();
        }
    }

    private static long SizeOf(Change change) => change.After?.Json.Length ?? 0;

    internal sealed record State(ImmutableSortedDictionary<string, StoredObject> Objects, Change Last, long OldestVersion);
}
