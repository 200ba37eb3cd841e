using k8s;
using k8s.Exceptions;
using K8SConfiguration = k8s.KubeConfigModels.K8SConfiguration;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>KubernetesClient's configuration, TLS and credentials (exec plugins among them), under our own requests.</summary>
internal sealed class KubeconfigTransport : IClusterTransport
{
    private readonly Kubernetes _client;
    private readonly Func<Exception, DeploymentException>? _unusable;

    private KubeconfigTransport(KubernetesClientConfiguration configuration, Func<Exception, DeploymentException>? unusable = null)
    {
        _unusable = unusable;
        _client = new Kubernetes(configuration);
        // Watches outlast any time-out for a whole request; each call brings its own.
        _client.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
    }

    public Uri Server => _client.BaseUri;

    /// <summary>Reads the configuration and, where it says so, runs the plugin that gives the credentials.</summary>
    public static KubeconfigTransport Open(ClusterConnection connection)
    {
        if (connection.InCluster)
        {
            return InCluster();
        }

        var (configuration, context) = Kubeconfig.Read(connection);
        // Without the failure itself, which may quote the configuration.
        DeploymentException Unusable(Exception failure) => new(
            "K8SD203", "connect", $"Context '{context}' cannot be used: {failure.Message}",
            Plugin(configuration, context) is { } plugin
                ? $"run '{plugin}' by itself, log in if it asks for it, and deploy again"
                : $"check it with 'kubectl --context {context} version'");
        try
        {
            return new KubeconfigTransport(KubernetesClientConfiguration.BuildConfigFromConfigObject(configuration, context), Unusable);
        }
        catch (Exception failure) when (failure is KubeConfigException or InvalidOperationException or IOException or FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw Unusable(failure);
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_client.Credentials is { } credentials)
        {
            try
            {
                await credentials.ProcessHttpRequestAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (_unusable is not null && failure is (KubeConfigException or InvalidOperationException))
            {
                // The plugin is run again when its credentials expire.
                throw _unusable(failure);
            }
        }

        return await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    private static KubeconfigTransport InCluster()
    {
        if (!KubernetesClientConfiguration.IsInCluster())
        {
            throw new DeploymentException(
                "K8SD204", "connect", "The in-cluster configuration was asked for, but this process does not run in a pod with a service account",
                "name a cluster with .WithKubeContext(\"…\") or .WithKubeconfig(\"…\")");
        }

        return new KubeconfigTransport(KubernetesClientConfiguration.InClusterConfig());
    }

    private static string? Plugin(K8SConfiguration configuration, string context)
    {
        var user = configuration.Contexts.First(item => item.Name == context).ContextDetails?.User;
        return configuration.Users?.FirstOrDefault(item => item.Name == user)?.UserCredentials?.ExternalExecution?.Command;
    }
}
