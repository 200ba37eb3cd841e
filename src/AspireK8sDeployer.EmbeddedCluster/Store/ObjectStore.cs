using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>
/// Every object of the cluster, in memory, with one counter for all versions. What must be read and written in one go runs in
/// <see cref="Exclusively{T}"/>; plain reads never wait.
/// </summary>
internal sealed partial class ObjectStore : IDisposable
{
    private static readonly string[] MetadataOrder =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    ];

    private readonly ConcurrentDictionary<string, Shelf> _shelves = new();
    private readonly OwnerIndex _owners = new();
    private readonly Lock _writing = new();
    private readonly Journal? _journal;
    private readonly ILogger _logger;
    private long _version;

    /// <param name="table">The kinds that are known.</param>
    /// <param name="directory">Where the journal is; null keeps everything in memory.</param>
    /// <param name="logger">Told of what does not concern whoever writes.</param>
    public ObjectStore(ResourceTable table, string? directory, ILogger<ObjectStore> logger)
    {
        _logger = logger;
        if (directory is null)
        {
            return;
        }

        _journal = Journal.Open(directory);
        var unknown = Restore(table, _journal.Entries);
        _journal.Forget();

        // Custom resources come after their definitions, which are only known once they are read.
        if (unknown.Count > 0)
        {
            Pending = unknown;
        }
    }

    /// <summary>The version of the last change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Objects of kinds that were not known when the journal was read.</summary>
    private IReadOnlyList<JournalEntry> Pending { get; set; } = [];

    public bool IsEmpty => Version == 0;

    /// <summary>Runs alone: nothing is written by others meanwhile. May nest.</summary>
    public T Exclusively<T>(Func<T> work)
    {
        lock (_writing)
        {
            return work();
        }
    }

    public StoredObject? Get(ResourceDefinition resource, string ns, string name) =>
        ShelfOf(resource).Objects.GetValueOrDefault(StoredObject.KeyOf(ns, name));

    /// <summary>The objects of all kinds that name this uid as an owner.</summary>
    public IEnumerable<StoredObject> DependentsOf(string uid) => _owners.DependentsOf(uid);

    // By name, not by row: the definition of a custom resource may change while its objects stay.
    public Shelf ShelfOf(ResourceDefinition resource) => _shelves.GetOrAdd(resource.Storage.GroupResource, _ => new Shelf(Version));

    /// <summary>Objects and the version at which they are current.</summary>
    public (Shelf.State State, long Version) Read(ResourceDefinition resource)
    {
        // The version is read first: a change that slips in between is then seen twice by a watch, never missed.
        var version = Version;
        var state = ShelfOf(resource).Current;
        return (state, Math.Max(version, state.Last.Version));
    }

    /// <summary>Stores an object; sets its resourceVersion. Only inside <see cref="Exclusively{T}"/>.</summary>
    public StoredObject Put(ResourceDefinition resource, JsonObject obj)
    {
        resource = resource.Storage;
        var metadata = obj["metadata"]!.AsObject();
        var ns = (string?)metadata["namespace"] ?? "";
        var name = (string)metadata["name"]!;
        var version = _version + 1;
        metadata["resourceVersion"] = Versions.Text(version);
        var stored = new StoredObject(resource, ns, name, version, JsonBytes.Of(Ordered(obj)));

        var shelf = ShelfOf(resource);
        var before = shelf.Objects.GetValueOrDefault(stored.Key);
        _journal?.Put(stored);
        _owners.Apply(before, stored);
        shelf.Apply(new Change(version, before, stored));
        Interlocked.Exchange(ref _version, version);
        CompactIfLong();
        return stored;
    }

    /// <summary>Removes an object; returns its last state with the version of the removal. Only inside <see cref="Exclusively{T}"/>.</summary>
    public StoredObject Remove(StoredObject obj)
    {
        var version = _version + 1;
        var last = obj.WithVersion(version);
        _journal?.Remove(last);
        // Before anybody hears of it: who looks for dependents upon this, and still finds the object, waits for it for ever.
        _owners.Apply(obj, null);
        ShelfOf(obj.Resource).Apply(new Change(version, obj, last) { IsDeletion = true });
        Interlocked.Exchange(ref _version, version);
        CompactIfLong();
        return last;
    }

    /// <summary>Forgets how the present state came about, so that watches from before are told 410.</summary>
    public void ForgetHistory()
    {
        lock (_writing)
        {
            foreach (var shelf in _shelves.Values)
            {
                shelf.Forget(_version);
            }
        }
    }

    /// <summary>Takes in the objects of kinds that have become known since the journal was read.</summary>
    public void RestorePending(ResourceTable table)
    {
        lock (_writing)
        {
            Pending = Restore(table, Pending);
        }
    }

    public void Dispose() => _journal?.Dispose();

    private List<JournalEntry> Restore(ResourceTable table, IEnumerable<JournalEntry> entries)
    {
        var unknown = new List<JournalEntry>();
        foreach (var entry in entries)
        {
            _version = Math.Max(_version, entry.Version);
            if (entry.Find(table) is not { } resource)
            {
                unknown.Add(entry);
            }
            else if (entry.Json is not null)
            {
                var stored = new StoredObject(resource, entry.Namespace, entry.Name, entry.Version, entry.Json);
                ShelfOf(resource).Load(stored);
                _owners.Apply(null, stored);
            }
        }

        foreach (var shelf in _shelves.Values)
        {
            shelf.Forget(_version);
        }

        return unknown;
    }

    private void CompactIfLong()
    {
        if (_journal is not { IsLong: true })
        {
            return;
        }

        try
        {
            _journal.Compact(_version, _shelves.Values.SelectMany(shelf => shelf.Objects.Values), Pending);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The change itself is written; a full disk only leaves the file longer than it has to be.
            LogNotCompacted(_logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal could not be rewritten; it stays as long as it is")]
    private static partial void LogNotCompacted(ILogger logger, Exception exception);

    // kind and apiVersion come first (list items leave them out by skipping the front of the bytes), and metadata has the order
    // of a real server, which shows in messages that quote the object.
    private static JsonObject Ordered(JsonObject obj)
    {
        var ordered = new JsonObject { ["kind"] = obj["kind"]?.DeepClone(), ["apiVersion"] = obj["apiVersion"]?.DeepClone() };
        foreach (var (name, value) in obj)
        {
            if (name == "metadata")
            {
                ordered[name] = OrderedMetadata(value!.AsObject());
            }
            else if (name is not ("kind" or "apiVersion"))
            {
                ordered[name] = value?.DeepClone();
            }
        }

        return ordered;
    }

    private static JsonObject OrderedMetadata(JsonObject metadata) => new(metadata
        .OrderBy(field => Array.IndexOf(MetadataOrder, field.Key) is >= 0 and var index ? index : MetadataOrder.Length)
        .Select(field => KeyValuePair.Create(field.Key, field.Key is "labels" or "annotations" ? Sorted(field.Value) : field.Value?.DeepClone())));

    private static JsonNode? Sorted(JsonNode? map) => map is JsonObject entries
        ? new JsonObject(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())))
        : map?.DeepClone();
}
