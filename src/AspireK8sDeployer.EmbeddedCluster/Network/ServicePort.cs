using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>
/// One address and port that a Service is reached at. It listens while there is somebody to connect
/// to; otherwise connections are refused, as in a cluster.
/// </summary>
internal sealed partial class ServicePort(IPEndPoint address, string service, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly EndpointBalancer _balancer = new(time);
    private readonly CancellationTokenSource _stop = new();
    private Socket? _listener;

    /// <summary>Whether the port could be bound when it was last needed.</summary>
    public string? BindError { get; private set; }

    public void Update(IReadOnlyCollection<Endpoint> endpoints, TimeSpan? affinityTimeout)
    {
        _balancer.Update(endpoints, affinityTimeout);

        if (_balancer.HasEndpoints && _listener is null)
        {
            Listen();
        }
        else if (!_balancer.HasEndpoints)
        {
            StopListening();
        }
    }

    public void Dispose()
    {
        StopListening();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Connections of an earlier listener may linger in TIME_WAIT.
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(address);
            listener.Listen(512);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            BindError = $"cannot listen on {address}: {e.Message}";
            LogBindFailed(logger, service, address, e.Message);
            return;
        }

        BindError = null;
        _listener = listener;
        _ = AcceptAsync(listener, _stop.Token);
    }

    private void StopListening()
    {
        _listener?.Dispose();
        _listener = null;
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.InvalidArgument })
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the client gave up before it was accepted: neither ends the Service.
                LogAcceptFailed(logger, service, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            _ = ServeAsync(client, cancellationToken);
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                using var server = await ConnectAsync(client, cancellationToken).ConfigureAwait(false);
                if (server is null)
                {
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }

                client.NoDelay = true;
                await TcpRelay.RunAsync(client, server, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The client is gone; there is nobody to tell.
            }
        }
    }

    /// <summary>Connects to the first endpoint that answers: a pod may die before its endpoint is taken away.</summary>
    private async Task<Socket?> ConnectAsync(Socket client, CancellationToken cancellationToken)
    {
        var from = ((IPEndPoint)client.RemoteEndPoint!).Address;
        foreach (var endpoint in _balancer.For(from))
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var timeout = new CancellationTokenSource(ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                await server.ConnectAsync(endpoint, either.Token).ConfigureAwait(false);
                _balancer.Connected(from, endpoint);
                return server;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                server.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service} cannot listen on {Address}: {Problem}")]
    private static partial void LogBindFailed(ILogger logger, string service, IPEndPoint address, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service} could not accept a connection: {Problem}")]
    private static partial void LogAcceptFailed(ILogger logger, string service, string problem);
}
