using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>A namespace name of one test's own, removed with all that is in it when the test ends.</summary>
internal sealed class TestNamespace(ClusterUnderTest cluster, string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>A file for a kubeconfig of somebody in this namespace; it goes with it.</summary>
    public string KubeconfigFile { get; } = Path.Combine(Path.GetTempPath(), $"{name}.yaml");

    /// <summary>Every object a deploy may leave here, as <c>Kind/name@resourceVersion</c>, in order.</summary>
    public async Task<IReadOnlyList<string>> ObjectVersionsAsync(CancellationToken cancellationToken)
    {
        using var user = cluster.ConnectAsUser();
        List<IKubernetesObject<V1ObjectMeta>> found =
        [
            .. (await user.AppsV1.ListNamespacedDeploymentAsync(name, cancellationToken: cancellationToken)).Items,
            .. (await user.AppsV1.ListNamespacedReplicaSetAsync(name, cancellationToken: cancellationToken)).Items,
            .. (await user.CoreV1.ListNamespacedServiceAsync(name, cancellationToken: cancellationToken)).Items,
            .. (await user.CoreV1.ListNamespacedSecretAsync(name, cancellationToken: cancellationToken)).Items,
            .. (await user.CoreV1.ListNamespacedPodAsync(name, cancellationToken: cancellationToken)).Items,
            .. (await user.CoordinationV1.ListNamespacedLeaseAsync(name, cancellationToken: cancellationToken)).Items,
        ];
        return [.. found.Select(item => $"{item.GetType().Name}/{item.Name()}@{item.ResourceVersion()}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether nothing is left, not even the namespace.</summary>
    public async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        using var user = cluster.ConnectAsUser();
        return (await user.CoreV1.ListNamespaceAsync(cancellationToken: cancellationToken)).Items.All(item => item.Name() != name);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(KubeconfigFile);
        using var user = cluster.ConnectAsUser();
        try
        {
            await user.CoreV1.DeleteNamespaceAsync(name);
        }
        catch (k8s.Autorest.HttpOperationException gone) when (gone.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            // The test removed it, or never made it.
        }
    }
}
