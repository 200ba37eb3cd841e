using System.Net.WebSockets;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Carries one HTTP request to the cluster and back, with credentials; no retry, no reading.</summary>
internal interface IClusterTransport : IDisposable
{
    /// <summary>On a request whose answer goes on for minutes: it should not share a connection with others.</summary>
    static readonly HttpRequestOptionsKey<bool> IsWatch = new("AspireK8sDeployer.IsWatch");

    /// <summary>The API server's address.</summary>
    Uri Server { get; }

    /// <summary>What the user should know about the way to the server.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>
    /// Gets the credentials, if they are to be got. Apart from the request, whose time-out is shorter than what a plugin
    /// may need that asks its user to log in.
    /// </summary>
    Task AuthenticateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gets other credentials than those that were just refused. False when there are none.</summary>
    Task<bool> RenewAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Why the server may have refused the credentials, as far as they tell.</summary>
    Refusal? ExplainRefusal() => null;

    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Opens a connection that goes on in both directions.</summary>
    /// <param name="address">The whole address, as of a request.</param>
    /// <param name="subprotocol">How its messages are read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">It is refused, with the server's status; or nobody answers.</exception>
    Task<WebSocket> ConnectAsync(Uri address, string subprotocol, CancellationToken cancellationToken) => throw new NotSupportedException();
}
