using System.Net.Sockets;
using System.Security.Authentication;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The API server gave no answer at all.</summary>
internal sealed class ClusterUnreachableException(Uri server, Exception cause) : Exception($"{server} gives no answer: {Describe(cause)}", cause)
{
    public Uri Server { get; } = server;

    /// <summary>Whether it is not the way there but the certificate.</summary>
    public bool IsCertificate { get; } = Causes(cause).Any(item => item is AuthenticationException);

    private static string Describe(Exception cause)
    {
        var causes = Causes(cause).ToList();
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is not null)
        {
            return "its certificate is not one that the kubeconfig trusts";
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "connection refused",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name is not known",
                _ => socket.Message,
            };
        }

        return causes.Last().Message;
    }

    private static IEnumerable<Exception> Causes(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
