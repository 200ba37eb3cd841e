using System.Text;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Where the cluster is. Nothing is read or called before the first use.</summary>
/// <remarks>
/// <see cref="InCluster"/>, a <see cref="Server"/>, and a kubeconfig are three ways that exclude each other; the first of
/// them that is set is taken, and what belongs to another one with it is a mistake that the first use reports.
/// </remarks>
public sealed record ClusterConnection
{
    /// <summary>The kubeconfig file; <c>KUBECONFIG</c> or <c>~/.kube/config</c> when absent.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The context in it; the current one when absent.</summary>
    public string? Context { get; init; }

    /// <summary>Uses the service account of the pod that this process runs in.</summary>
    public bool InCluster { get; init; }

    /// <summary>The address of the API server, for example <c>https://10.0.0.1:6443</c>; needs a <see cref="Token"/>.</summary>
    public string? Server { get; init; }

    /// <summary>The bearer token for <see cref="Server"/>.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The authority that signed the certificate of <see cref="Server"/>: PEM text, or the path of a file with it. The
    /// authorities that the system trusts when absent.
    /// </summary>
    public string? CertificateAuthority { get; init; }

    // The token is a secret, and so is whatever else somebody may have put into an address.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(this switch
        {
            { InCluster: true } => nameof(InCluster),
            { Server: not null } => $"{nameof(Server)} = {(Uri.TryCreate(Server, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "(not an address)")}",
            _ => $"{nameof(KubeconfigPath)} = {KubeconfigPath}, {nameof(Context)} = {Context}",
        });
        return true;
    }
}
