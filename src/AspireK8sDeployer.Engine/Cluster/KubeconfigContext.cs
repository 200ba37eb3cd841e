using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A context of a kubeconfig, with the cluster and the user that it names.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Files">The files, for messages.</param>
/// <param name="Cluster">The cluster's fields.</param>
/// <param name="User">The user's fields; none for nobody.</param>
internal sealed record KubeconfigContext(string Name, string Files, JsonObject Cluster, JsonObject User)
{
    // The fields are secrets.
    public override string ToString() => Name;
}
