using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Invoke;

/// <summary>Reads from the cluster the key that a pipeline asks its callers for.</summary>
internal sealed class AuthKeyReader(ClusterObjects cluster)
{
    /// <summary>The first of the keys; null when none is asked for, or when the user may not read it and has to show one anyway.</summary>
    public async Task<string?> ReadAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await cluster.GetAsync(ObjectKind.Secret.Id(deployment.Namespace, AuthKey.SecretName(deployment.Name)), cancellationToken).ConfigureAwait(false);
            return GeneratedAuthKey.KeysIn(secret)?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
