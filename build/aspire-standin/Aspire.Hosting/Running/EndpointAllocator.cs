using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>
/// Gives every endpoint the port that its process listens on. There is no proxy before the processes, so it is the port of the clients too.
/// </summary>
internal sealed class EndpointAllocator(IConfiguration configuration)
{
    private readonly HashSet<int> _given = [];

    public void Allocate(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is null))
        {
            var wanted = configuration.GetValue<bool>("DcpPublisher:RandomizePorts") ? 0 : endpoint.TargetPort ?? endpoint.Port ?? 0;
            var port = wanted != 0 && IsFree(wanted) && _given.Add(wanted) ? wanted : FreePort();
            if (wanted != 0 && port != wanted)
            {
                new ResourceConsole(resource.Name).WriteLine($"port {wanted} is in use; the endpoint '{endpoint.Name}' gets {port}");
            }

            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, KnownHostNames.Localhost, port);
        }
    }

    private int FreePort()
    {
        int port;
        do
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        while (!_given.Add(port));

        return port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
