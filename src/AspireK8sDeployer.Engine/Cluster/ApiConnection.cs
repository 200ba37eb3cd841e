namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What all calls to one server share: the way there, and what they have learnt of it.</summary>
internal sealed class ApiConnection(Func<IClusterTransport> open, TimeProvider time, WriteGate writes) : IDisposable
{
    private readonly Lazy<IClusterTransport> _transport = new(open);

    public IClusterTransport Transport => _transport.Value;

    public TimeProvider Time => time;

    public WriteGate Writes => writes;

    public Outage Outage { get; } = new(time);

    public FreshObjects Fresh { get; } = new(time);

    public void Dispose()
    {
        if (_transport.IsValueCreated)
        {
            _transport.Value.Dispose();
        }
    }
}
