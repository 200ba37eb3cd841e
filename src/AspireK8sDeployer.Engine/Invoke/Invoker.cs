using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Invoke;

/// <summary>Invokes a deployed pipeline where it answers; where it cannot be reached from here, through the API server.</summary>
internal sealed class Invoker(ClusterObjects cluster)
{
    public async Task<InvokeResponse> InvokeAsync(DeploymentIdentity deployment, InvokeRequest request, CancellationToken cancellationToken)
    {
        var service = await cluster.GetAsync(ObjectKind.Service.Id(deployment.Namespace, deployment.Name), cancellationToken).ConfigureAwait(false)
            ?? throw new DeploymentException("K8SD601", "invoke", $"Pipeline '{deployment.Name}' is not deployed in namespace {deployment.Namespace}", "deploy it first");
        using var endpoints = new EndpointResolver(cluster, TimeSpan.Zero);
        var (endpoint, _) = await endpoints.ResolveAsync(EndpointTarget.Of(deployment), service, _ => { }, cancellationToken).ConfigureAwait(false);
        // Nothing is between this machine and a Service of its own but the pods.
        if (endpoint is { Verified: false, ServiceUrl.IsLoopback: true })
        {
            throw Unreachable(
                deployment, endpoint, "",
                $"its pods do not answer; see 'kubectl get pods -n {deployment.Namespace}' and 'kubectl logs -n {deployment.Namespace} deployment/{deployment.Name}'");
        }

        var key = await new AuthKeyReader(cluster).ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        var (url, handler) = endpoint.Verified ? (endpoint.Url, endpoint.CreateHandler()) : ThroughServer(service);
        // The run has a time-out of its own; the call only has to outlast it.
        using var http = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return await new PipelineClient(http) { Key = key }.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineClientException failure)
        {
            throw new DeploymentException("K8SD603", "invoke", failure.Message, "correct the request; GET /info names the parameters", failure);
        }
        catch (HttpRequestException failure) when (!endpoint.Verified && failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw Unreachable(
                deployment, endpoint, $", nor through the API server: {(failure.InnerException ?? failure).Message}",
                $"let the user 'create' and 'get' pods/portforward in namespace {deployment.Namespace}, or run '{endpoint.Hint}' and invoke it at the address that it prints");
        }
        catch (HttpRequestException failure)
        {
            throw new DeploymentException("K8SD604", "invoke", $"{url} broke off: {(failure.InnerException ?? failure).Message}", "see the pipeline's log, and invoke it again", failure);
        }
    }

    private (Uri Url, HttpMessageHandler Handler) ThroughServer(JsonObject service)
    {
        var item = KubernetesJson.Deserialize<V1Service>(service.ToJsonString());
        return (EndpointCandidates.Internal(item), new PodTunnel(cluster, item).CreateHandler());
    }

    private static DeploymentException Unreachable(DeploymentIdentity deployment, PipelineEndpoint endpoint, string otherWay, string fix) =>
        new("K8SD602", "invoke", $"Pipeline '{deployment.Name}' cannot be reached from here at {endpoint.Url}{otherWay}", fix);
}
