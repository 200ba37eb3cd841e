using System.Net;
using System.Net.Http.Headers;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Invoke;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Shows a pipeline that asks for a key the one in the cluster, as its callers will.</summary>
/// <remarks>
/// Health is answered without a key: a key that pods cannot read, or that something in front of them takes away, would
/// leave every call unanswered and the deploy content.
/// </remarks>
internal sealed class KeyTrial(ClusterObjects cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    // Until pods of before, which know another key, are not led to any more.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with the key; null when it is let in, or there is nobody to show it to.</summary>
    public async Task<string?> WarningAsync(DeploymentSettings settings, PipelineEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (settings.AuthKey is null || !endpoint.Verified
            || await new AuthKeyReader(cluster).ReadAsync(settings.Identity, cancellationToken).ConfigureAwait(false) is not { } key)
        {
            return null;
        }

        // Not shown to whoever it would be led on to.
        using var handler = PinnedHandler.To(endpoint.Address);
        handler.AllowAutoRedirect = false;
        using var http = new HttpClient(handler) { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var begun = cluster.Time.GetTimestamp();
        while (await ShowAsync(http, endpoint.Url, cancellationToken).ConfigureAwait(false) == HttpStatusCode.Unauthorized)
        {
            if (cluster.Time.GetElapsedTime(begun) > Settling)
            {
                return $"{endpoint.Url} answers every call with 401 (K8SD503): it does not take the key of {ObjectKind.Secret.Id(settings.Namespace, AuthKey.SecretName(settings.Name))}. "
                    + $"Its pods cannot read it, or what is in front of them takes the header Authorization away; see 'kubectl logs -n {settings.Namespace} deployment/{settings.Name}'";
            }

            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task<HttpStatusCode?> ShowAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(HealthProbe.Below(url, PipelinePaths.Info), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return answer.StatusCode;
        }
        catch (Exception failure) when (HealthProbe.IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }
}
