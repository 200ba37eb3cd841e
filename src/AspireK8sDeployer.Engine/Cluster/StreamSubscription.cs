using System.Threading.Channels;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What comes of the streams that somebody follows, until it is disposed.</summary>
internal sealed class StreamSubscription(ChannelReader<StreamEvent> changes, Action leave) : IDisposable
{
    /// <summary>For each kind first all there is, then what changes. It ends only with the failure that ended a stream.</summary>
    public ChannelReader<StreamEvent> Changes => changes;

    public void Dispose() => leave();
}
