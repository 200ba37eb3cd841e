using System.Buffers.Binary;
using System.Net;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>
/// Hands out the addresses of one network, each at most once at a time and a freed one as late as
/// possible, so that a connection meant for a pod that is gone does not reach its successor.
/// </summary>
internal sealed class AddressPool
{
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _taken = [];
    private readonly uint _network;
    private readonly uint _size;
    private uint _last;

    public AddressPool(IPAddress network, int prefixLength)
    {
        _network = ToNumber(network);
        _size = 1u << (32 - prefixLength);
    }

    public IPAddress Take()
    {
        lock (_gate)
        {
            // The first and the last address of a network are left alone, as everywhere.
            for (var i = 1u; i < _size - 1; i++)
            {
                var candidate = 1 + ((_last + i - 1) % (_size - 2));
                if (_taken.Add(candidate))
                {
                    _last = candidate;
                    return ToAddress(_network + candidate);
                }
            }
        }

        throw new InvalidOperationException($"No free address is left in {ToAddress(_network)}.");
    }

    /// <summary>Takes this very address; false when it is not of this network or already taken.</summary>
    public bool TryTake(IPAddress address)
    {
        var offset = ToNumber(address) - _network;
        lock (_gate)
        {
            return offset > 0 && offset < _size - 1 && _taken.Add(offset);
        }
    }

    public void Return(IPAddress address)
    {
        lock (_gate)
        {
            _taken.Remove(ToNumber(address) - _network);
        }
    }

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress ToAddress(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
