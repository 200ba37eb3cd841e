using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Connections to the pods of a Service through the API server, as <c>kubectl port-forward</c> makes them.</summary>
internal sealed class PodTunnel(ClusterObjects cluster, V1Service service)
{
    // For each port a channel for data and one for errors; the first message of both is the port's number.
    private const string Subprotocol = "v4.channel.k8s.io";

    /// <summary>A handler whose every connection leads to a pod, whatever the request's host.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellationToken) => await OpenAsync(cancellationToken).ConfigureAwait(false),
    };

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var (pod, port) = await TargetAsync(cancellationToken).ConfigureAwait(false);
        var request = new ApiRequest(HttpMethod.Get, $"{ObjectKind.Pod.Path(pod.Metadata.NamespaceProperty, pod.Metadata.Name)}/portforward")
        {
            Query = new Dictionary<string, string> { ["ports"] = $"{port}" },
        };
        return new PortForwardStream(await cluster.Client.ConnectAsync(request, Subprotocol, cancellationToken).ConfigureAwait(false));
    }

    private async Task<(V1Pod Pod, int Port)> TargetAsync(CancellationToken cancellationToken)
    {
        var labels = string.Join(',', (service.Spec.Selector ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"));
        var list = await cluster.ListAsync(ObjectKind.Pod, service.Metadata.NamespaceProperty, new ObjectSelector(labels), cancellationToken).ConfigureAwait(false);
        return list.Items
            .Select(item => KubernetesJson.Deserialize<V1Pod>(item.ToJsonString()))
            .Where(pod => labels.Length > 0 && IsReady(pod) && pod.Metadata.DeletionTimestamp is null)
            .Select(pod => (pod, Port: PortOf(pod)))
            .Where(target => target.Port is not null)
            .Select(target => (target.pod, target.Port!.Value))
            .FirstOrDefault() is { pod: not null } found ? found : throw new IOException("no pod of it is ready");
    }

    private static bool IsReady(V1Pod pod) => pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    private int? PortOf(V1Pod pod)
    {
        var port = service.Spec.Ports[0];
        var target = port.TargetPort?.Value;
        return string.IsNullOrEmpty(target) ? port.Port
            : int.TryParse(target, out var number) ? number
            : pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []).SelectMany(container => container.Ports ?? []).FirstOrDefault(named => named.Name == target)?.ContainerPort;
    }
}
