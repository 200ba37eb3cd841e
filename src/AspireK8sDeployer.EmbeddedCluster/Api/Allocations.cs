using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Gives Services their cluster IPs and node ports, each to one Service at a time.</summary>
internal sealed class Allocations
{
    private readonly ResourceDefinition _services;
    private readonly IPNetwork _cidr;
    private readonly int _firstPort;
    private readonly int _lastPort;
    private readonly HashSet<string> _addresses = [];
    private readonly HashSet<int> _ports = [];

    public Allocations(ObjectStore store, ResourceTable table, ApiServerOptions options)
    {
        _services = table.Kind("v1", "Service");
        _cidr = options.ServiceCidr;
        (_firstPort, _lastPort) = (options.FirstNodePort, options.LastNodePort);
        foreach (var service in store.ShelfOf(_services).Objects.Values)
        {
            var state = ServiceAllocation.Read(service.ToJsonObject());
            _addresses.UnionWith(state.Addresses);
            _ports.UnionWith(state.Ports);
        }
    }

    /// <summary>Fills in what a Service is to get. What is not kept before the result is disposed is given back.</summary>
    public ServiceAllocation Begin(ResourceDefinition resource, JsonObject obj, JsonObject? old, bool dryRun) =>
        resource == _services ? new ServiceAllocator(this, obj, old, dryRun).Run() : ServiceAllocation.None;

    /// <summary>Takes back what a deleted Service had.</summary>
    public void Release(ResourceDefinition resource, JsonObject obj)
    {
        if (resource == _services)
        {
            GiveBack(ServiceAllocation.Read(obj));
        }
    }

    public void GiveBack(ServiceAllocation allocation)
    {
        _addresses.ExceptWith(allocation.Addresses);
        _ports.ExceptWith(allocation.Ports);
    }

    public bool TryTakeAddress(string address) => _addresses.Add(address);

    public bool IsTaken(int port) => _ports.Contains(port);

    public bool Contains(IPAddress address) => _cidr.Contains(address);

    public string Cidr => _cidr.ToString();

    public string PortRange => $"{_firstPort}-{_lastPort}";

    /// <summary>Null when all are taken.</summary>
    public string? TakeAnyAddress()
    {
        var size = 1L << (32 - _cidr.PrefixLength);
        var start = Random.Shared.NextInt64(2, size - 1);
        for (long i = 0; i < size - 3; i++)
        {
            // Neither the network's own address, nor the first (the API server's), nor the broadcast address.
            var address = AddressAt(2 + ((start - 2 + i) % (size - 3)));
            if (_addresses.Add(address))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>The address at the same place in this network as a former one in its own, or any that is free; null when all are taken.</summary>
    public string? TakeLike(IPAddress former)
    {
        var size = 1L << (32 - _cidr.PrefixLength);
        var place = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(former.GetAddressBytes()) % size;
        return place > 0 && place < size - 1 && AddressAt(place) is var address && _addresses.Add(address) ? address : TakeAnyAddress();
    }

    public bool IsInPortRange(int port) => port >= _firstPort && port <= _lastPort;

    public bool TryTakePort(int port) => _ports.Add(port);

    public int? TakeAnyPort()
    {
        var size = _lastPort - _firstPort + 1;
        var start = Random.Shared.Next(size);
        for (var i = 0; i < size; i++)
        {
            var port = _firstPort + ((start + i) % size);
            if (_ports.Add(port))
            {
                return port;
            }
        }

        return null;
    }

    public string AddressAt(long index)
    {
        var bytes = _cidr.BaseAddress.GetAddressBytes();
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)index;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }
}
