using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Invoke;

/// <summary>Invokes a deployed pipeline where it answers.</summary>
internal sealed class Invoker(ClusterObjects cluster)
{
    public async Task<InvokeResponse> InvokeAsync(DeploymentIdentity deployment, InvokeRequest request, CancellationToken cancellationToken)
    {
        var service = await cluster.GetAsync(ObjectKind.Service.Id(deployment.Namespace, deployment.Name), cancellationToken).ConfigureAwait(false)
            ?? throw new DeploymentException("K8SD601", "invoke", $"Pipeline '{deployment.Name}' is not deployed in namespace {deployment.Namespace}", "deploy it first");
        using var endpoints = new EndpointResolver(cluster, TimeSpan.Zero);
        var (endpoint, _) = await endpoints.ResolveAsync(EndpointTarget.Of(deployment), service, _ => { }, cancellationToken).ConfigureAwait(false);
        if (!endpoint.Verified)
        {
            throw new DeploymentException(
                "K8SD602", "invoke", $"Pipeline '{deployment.Name}' cannot be reached from here at {endpoint.Url}",
                // Nothing is between this machine and a Service of its own but the pods.
                endpoint.ServiceUrl is { IsLoopback: true }
                    ? $"its pods do not answer; see 'kubectl get pods -n {deployment.Namespace}' and 'kubectl logs -n {deployment.Namespace} deployment/{deployment.Name}'"
                    : $"run '{endpoint.Hint}' and invoke it at http://localhost:{endpoint.Url.Port}/invoke");
        }

        var key = await new AuthKeyReader(cluster).ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        // The run has a time-out of its own; the call only has to outlast it.
        using var http = new HttpClient(endpoint.CreateHandler()) { BaseAddress = endpoint.Url, Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return await new PipelineClient(http) { Key = key }.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineClientException failure)
        {
            throw new DeploymentException("K8SD603", "invoke", failure.Message, "correct the request; GET /info names the parameters", failure);
        }
        catch (HttpRequestException failure)
        {
            throw new DeploymentException("K8SD604", "invoke", $"{endpoint.Url} broke off: {failure.Message}", "see the pipeline's log, and invoke it again", failure);
        }
    }
}
