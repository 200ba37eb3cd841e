using System.Net;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Describe;

/// <summary>Finds out how a deployment is doing. Reads only.</summary>
internal sealed class Describer(ClusterObjects cluster)
{
    // A status is for a quick look; an address that takes longer is told unchecked by a deploy.
    private static readonly TimeSpan AddressPatience = TimeSpan.FromSeconds(5);

    public async Task<DeploymentDescription> DescribeAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var live = cluster.GetAsync(ObjectKind.Deployment.Id(deployment.Namespace, deployment.Name), cancellationToken);
        var recorded = new ReleaseReader(cluster).ReadAsync(deployment, cancellationToken);
        var locked = new DeployLock(cluster).LookAsync(deployment, cancellationToken);
        await Task.WhenAll(live, recorded, locked).ConfigureAwait(false);
        var releases = await recorded.ConfigureAwait(false);
        var last = releases is [.., var latest] ? latest.Info : null;
        var holder = (await locked.ConfigureAwait(false)).HolderAtWork;
        if (await live.ConfigureAwait(false) is not { } found || (string?)found["metadata"]?["labels"]?[Names.PartOfLabel] != deployment.Application)
        {
            return new DeploymentDescription(deployment) { Last = last, DeployedBy = holder };
        }

        var item = KubernetesJson.Deserialize<V1Deployment>(found.ToJsonString());
        var readiness = DeploymentReadiness.Of(item);
        return new DeploymentDescription(deployment)
        {
            IsDeployed = true,
            IsReady = readiness.IsReady,
            State = StateOf(readiness, last),
            Revision = last?.Revision,
            Image = ImageOf(item),
            Desired = item.Spec.Replicas ?? 1,
            Ready = item.Status?.ReadyReplicas ?? 0,
            Url = await UrlAsync(deployment, cancellationToken).ConfigureAwait(false),
            Created = item.Metadata.CreationTimestamp is { } created ? new DateTimeOffset(created.ToUniversalTime()) : null,
            Last = last,
            DeployedBy = holder,
        };
    }

    // That it runs says little after a failed deploy: what runs may be the version before, or what a roll back put there.
    private static string StateOf(Readiness readiness, ReleaseInfo? last) => last switch
    {
        { RollbackOf: { } revision, Outcome: ReleaseOutcome.Succeeded } => $"{readiness.Reason}; rolled back to revision {revision}",
        { Outcome: ReleaseOutcome.Failed } => $"{readiness.Reason}; revision {last.Revision} failed",
        { Outcome: ReleaseOutcome.Interrupted } => $"{readiness.Reason}; revision {last.Revision} was interrupted",
        _ => readiness.Reason,
    };

    // Sidecars have other names.
    private static string? ImageOf(V1Deployment item)
    {
        var containers = item.Spec.Template.Spec.Containers;
        return (containers.FirstOrDefault(container => container.Name == item.Metadata.Name) ?? containers.FirstOrDefault())?.Image;
    }

    private async Task<Uri?> UrlAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        using var patience = new TimeLimit(AddressPatience, cluster.Time, cancellationToken);
        try
        {
            var service = await cluster.GetAsync(ObjectKind.Service.Id(deployment.Namespace, deployment.Name), patience.Token).ConfigureAwait(false);
            using var endpoints = new EndpointResolver(cluster, TimeSpan.Zero);
            return service is null ? null : (await endpoints.ResolveAsync(EndpointTarget.Of(deployment), service, _ => { }, patience.Token).ConfigureAwait(false)).Endpoint.Url;
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden)
        {
            return null;
        }
        catch (DeploymentException)
        {
            // It is not well, which its state says.
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
