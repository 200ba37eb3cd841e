using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>Brings an earlier revision back, as any deploy: with the lock, a plan, a wait, and a record of its own.</summary>
internal sealed class RollBacker(ClusterObjects cluster, RolloutStreams streams, DeploymentEngineOptions options, Action<string, string> report)
{
    public async Task<DeploymentResult> RollBackAsync(DeploymentIdentity deployment, int? revision, CancellationToken cancellationToken)
    {
        var seen = await new DeployLock(cluster).LookAsync(deployment, cancellationToken).ConfigureAwait(false);
        var releases = await new ReleaseReader(cluster).ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        var target = RollbackTarget.Choose(deployment, releases, revision, abandoned: seen.State == LockState.Abandoned);
        report("rollback", $"goes back to revision {target.Revision} ({target.Info.Image})");
        var order = new DeployOrder(RecordedState.Of(target), target.DeployTimeout) { RollbackOf = target.Revision };
        return await new Deployer(cluster, streams, options, report).DeployAsync(order, cancellationToken).ConfigureAwait(false);
    }
}
