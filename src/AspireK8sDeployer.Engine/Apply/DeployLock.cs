using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Lets one deploy of a deployment run at a time. A Lease that expires, so that no killed process holds it for ever.</summary>
internal sealed class DeployLock(ClusterObjects cluster)
{
    internal static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // Whoever is faster that often is no deploy: each of them would have held the lock, and been named.
    private const int MostLostRaces = 5;

    /// <summary>Takes the lock, from its holder too if that one is gone; fails naming the holder if it is not.</summary>
    public Task<HeldLock> AcquireAsync(DeploymentIdentity deployment, Action<string> report, CancellationToken cancellationToken) =>
        AcquireAsync(deployment, seen: null, report, cancellationToken);

    /// <inheritdoc cref="AcquireAsync(DeploymentIdentity, Action{string}, CancellationToken)"/>
    /// <param name="deployment">Whose.</param>
    /// <param name="seen">The lock as it was a moment ago; if it was free then and still is the same, it need not be read again.</param>
    /// <param name="report">Hears what is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HeldLock> AcquireAsync(DeploymentIdentity deployment, SeenLock? seen, Action<string> report, CancellationToken cancellationToken)
    {
        var holder = LeaseHolder.Begin();
        try
        {
            var (before, lease) = await TakeAsync(deployment, holder, seen, report, cancellationToken).ConfigureAwait(false);
            return new HeldLock(cluster, deployment, holder, before, lease);
        }
        catch
        {
            holder.End();
            throw;
        }
    }

    /// <summary>How the lock is, without taking it.</summary>
    public async Task<SeenLock> LookAsync(DeploymentIdentity deployment, CancellationToken cancellationToken) =>
        new(await cluster.GetAsync(IdOf(deployment), cancellationToken).ConfigureAwait(false));

    internal static ObjectId IdOf(DeploymentIdentity deployment) => ObjectKind.Lease.Id(deployment.Namespace, Names.Lease(deployment.Name));

    internal static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    // With the lease as it was before.
    private async Task<(SeenLock Before, JsonObject Lease)> TakeAsync(
        DeploymentIdentity deployment, LeaseHolder holder, SeenLock? seen, Action<string> report, CancellationToken cancellationToken)
    {
        var id = IdOf(deployment);
        var observed = new Observation();
        var before = new SeenLock(null);
        for (var lost = 0; ; seen = null)
        {
            var lease = seen is { State: LockState.Free } ? seen.Lease : await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false);
            try
            {
                if (lease is null)
                {
                    before = new SeenLock(null);
                    return (before, await cluster.CreateAsync(id, NewLease(deployment, holder), cancellationToken).ConfigureAwait(false));
                }

                if ((string?)lease["spec"]?["holderIdentity"] == holder.ToString())
                {
                    // Our own write went through, only its answer was lost.
                    return (before, lease);
                }

                if (IsFree(deployment, lease, observed, report))
                {
                    before = new SeenLock(lease);
                    return (before, await cluster.ReplaceAsync(id, Taken(lease, holder), cancellationToken).ConfigureAwait(false));
                }
            }
            catch (ApiFailure failure) when ((failure.IsAlreadyThere || failure.IsStale) && ++lost < MostLostRaces)
            {
                // Somebody was faster; look who.
                continue;
            }

            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A holder on another machine is judged by what we see it do, not by its clock: alive if it renews, gone if it has not
    // for as long as it promised to.
    private bool IsFree(DeploymentIdentity deployment, JsonObject lease, Observation observed, Action<string> report)
    {
        if ((string?)lease["spec"]?["holderIdentity"] is not { Length: > 0 } text)
        {
            return true;
        }

        var other = LeaseHolder.Parse(text);
        var described = LeaseHolder.Describe(text);
        if (other?.IsGone() == true)
        {
            report($"takes over from {described}, which is gone");
            return true;
        }

        var version = (string?)lease["metadata"]?["resourceVersion"];
        var now = cluster.Time.GetTimestamp();
        if (observed.Version is null)
        {
            (observed.Version, observed.Since) = (version, now);
            // It is not gone, and here that is known for sure.
            if (other?.IsOfThisMachine == true)
            {
                throw Held(deployment, described);
            }

            report($"another deploy ({described}) holds the lock; waits to see whether it is alive");
            return false;
        }

        if (observed.Version != version)
        {
            throw Held(deployment, described);
        }

        return cluster.Time.GetElapsedTime(observed.Since, now) >= Duration;
    }

    private static DeploymentException Held(DeploymentIdentity deployment, string holder) => new(
        "K8SD301", "apply", $"Deployment {deployment.Namespace}/{deployment.Name} is being deployed by {holder}",
        "wait until it is done, and deploy again")
    {
        Reason = "LOCKED",
    };

    private JsonObject NewLease(DeploymentIdentity deployment, LeaseHolder holder) => new()
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject
        {
            ["name"] = Names.Lease(deployment.Name),
            ["namespace"] = deployment.Namespace,
            ["labels"] = OwnLabels.JsonOf(deployment),
        },
        ["spec"] = Held(holder, 0),
    };

    private JsonObject Taken(JsonObject lease, LeaseHolder holder)
    {
        var body = (JsonObject)lease.DeepClone();
        body["spec"] = Held(holder, ((int?)lease["spec"]?["leaseTransitions"] ?? 0) + 1);
        return body;
    }

    private JsonObject Held(LeaseHolder holder, int transitions) => new()
    {
        ["holderIdentity"] = holder.ToString(),
        ["leaseDurationSeconds"] = (int)Duration.TotalSeconds,
        ["acquireTime"] = Timestamp(cluster.Time.GetUtcNow()),
        ["renewTime"] = Timestamp(cluster.Time.GetUtcNow()),
        ["leaseTransitions"] = transitions,
    };

    private sealed class Observation
    {
        public string? Version { get; set; }

        public long Since { get; set; }
    }
}
