using System.Threading.Channels;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>One list and one watch for each kind and namespace, however many deployments are waited for there.</summary>
internal sealed class StreamHub(ClusterObjects cluster)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<(ObjectKind Kind, string Namespace), SharedStream> _streams = [];

    /// <summary>Begins to follow objects of a deployment; the caller disposes it.</summary>
    public StreamSubscription Follow(DeploymentIdentity deployment, IReadOnlyList<ObjectKind> kinds)
    {
        var channel = Channel.CreateUnbounded<StreamEvent>(new UnboundedChannelOptions { SingleReader = true });
        var view = new StreamView(deployment, channel.Writer);
        List<(ObjectKind Kind, string Namespace)> keys = [.. kinds.Select(kind => (kind, deployment.Namespace))];
        lock (_changing)
        {
            keys.ForEach(key => Join(key, view));
        }

        return new StreamSubscription(channel.Reader, () => Leave(keys, view));
    }

    private void Join((ObjectKind Kind, string Namespace) key, StreamView view)
    {
        // One that broke is not mended: who comes later begins anew.
        if (!_streams.TryGetValue(key, out var stream) || !stream.TryJoin(view))
        {
            stream = _streams[key] = new SharedStream(cluster, key.Kind, key.Namespace);
            stream.TryJoin(view);
        }
    }

    private void Leave(List<(ObjectKind Kind, string Namespace)> keys, StreamView view)
    {
        lock (_changing)
        {
            foreach (var key in keys)
            {
                if (_streams.TryGetValue(key, out var stream) && stream.Leave(view))
                {
                    _streams.Remove(key);
                }
            }
        }
    }
}
