using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What the streams have told of the objects beside a Deployment.</summary>
internal sealed class SideCache
{
    private readonly Dictionary<(string Kind, string Name), JsonObject> _objects = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _denied = [];

    public IEnumerable<JsonObject> Objects => _objects.Values;

    /// <summary>Whether it has been told of all these kinds, or that it never will be.</summary>
    public bool HasHeardOf(IEnumerable<ObjectKind> kinds) => kinds.All(kind => _known.Contains(kind.Kind) || _denied.Contains(kind.Kind));

    public bool Knows(ObjectKind kind) => _known.Contains(kind.Kind);

    public void Take(StreamEvent change)
    {
        var kind = change.Kind.Kind;
        if (change.Change == StreamChange.Denied)
        {
            _denied.Add(kind);
            _known.Remove(kind);
            return;
        }

        _known.Add(kind);
        if (change.Change == StreamChange.Reset)
        {
            foreach (var old in _objects.Keys.Where(key => key.Kind == kind).ToList())
            {
                _objects.Remove(old);
            }
        }

        foreach (var item in change.Objects)
        {
            var key = (kind, (string?)item["metadata"]?["name"] ?? "");
            if (change.Change == StreamChange.Removed)
            {
                _objects.Remove(key);
            }
            else
            {
                // In a list the elements leave out their kind. A copy: others look at the same stream.
                var copy = (JsonObject)item.DeepClone();
                copy["kind"] ??= kind;
                _objects[key] = copy;
            }
        }
    }
}
