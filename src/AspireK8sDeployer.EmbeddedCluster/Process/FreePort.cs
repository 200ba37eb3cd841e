using System.Net;
using System.Net.Sockets;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Keeps addresses the same over restarts where that is possible.</summary>
internal static class FreePort
{
    /// <summary>The preferred port if it can be listened on now, else 0, with which the system chooses.</summary>
    public static int Choose(IPAddress address, int preferred)
    {
        if (preferred == 0)
        {
            return 0;
        }

        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(address, preferred));
            return preferred;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
