using System.Net;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>
/// A /16 of the loopback network that belongs to one cluster: <c>127.X.0.0/16</c>, reserved by a lock
/// that the kernel gives back when the process ends, however it ends.
/// </summary>
internal sealed class LoopbackSubnet : IDisposable
{
    // 127.0 and 127.1 are in use on ordinary machines (localhost, Debian's host name, systemd-resolved).
    private const int First = 16;
    private const int Last = 254;

    private readonly FileStream _reservation;

    private LoopbackSubnet(byte octet, FileStream reservation)
    {
        Octet = octet;
        _reservation = reservation;
        Node = Address(0, 1);
        Pods = new AddressPool(Address(16, 0), prefixLength: 20);
        LoadBalancers = new AddressPool(Address(200, 0), prefixLength: 24);
    }

    /// <summary>The X of 127.X.0.0/16.</summary>
    public byte Octet { get; }

    public IPAddress Node { get; }

    public AddressPool Pods { get; }

    public AddressPool LoadBalancers { get; }

    public string ServiceCidr => $"127.{Octet}.96.0/20";

    public string PodCidr => $"127.{Octet}.16.0/20";

    /// <summary>Reserves a subnet that no other cluster of this machine holds, the preferred one when it is free.</summary>
    public static LoopbackSubnet Reserve(byte? preferred = null) => Reserve(Path.GetTempPath(), preferred);

    internal static LoopbackSubnet Reserve(string lockDirectory, byte? preferred)
    {
        var count = Last - First + 1;
        var start = preferred is >= First and <= Last ? preferred.Value - First : Random.Shared.Next(count);

        for (var i = 0; i < count; i++)
        {
            var octet = (byte)(First + ((start + i) % count));
            if (TryLock(Path.Combine(lockDirectory, $"aspire-k8s-127.{octet}.lock")) is { } reservation)
            {
                return new LoopbackSubnet(octet, reservation);
            }
        }

        throw new InvalidOperationException(
            $"All {count} loopback networks for embedded clusters are taken (locks {lockDirectory}aspire-k8s-127.*.lock). "
            + "Stop a cluster with 'aspire-k8s cluster down'.");
    }

    /// <summary>Takes the address of the ingress controller from those of the load balancers: always the same, so that bookmarks stay good.</summary>
    public IPAddress TakeIngress()
    {
        var address = Address(200, 254);
        return LoadBalancers.TryTake(address) ? address : LoadBalancers.Take();
    }

    public void Dispose() => _reservation.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            // FileShare.None is an advisory lock on Linux. The file stays: removing it would let a second
            // process lock a new file of the same name while the first still holds the old one.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private IPAddress Address(byte third, byte fourth) => new([127, Octet, third, fourth]);
}
