using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Finds out whether a pipeline answers at its Ingress or Gateway, and says what is missing when it does not.</summary>
/// <remarks>
/// A host that is routed there is the address of the pipeline, also before DNS and certificate are ready: what its callers
/// are told shall not depend on when it was deployed.
/// </remarks>
internal sealed class FrontDoorResolver(ClusterObjects cluster, HealthProbe probe, TimeSpan addressGrace, JsonObject? knownIngress)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    // Until a controller has taken up the object, and heard of the pods.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Reaching = TimeSpan.FromSeconds(5);

    private readonly FrontDoorReader _reader = new(cluster, knownIngress);

    /// <summary>The endpoint at what is in front of the Service; null when nothing is.</summary>
    /// <param name="target">Whose.</param>
    /// <param name="report">Hears what is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(PipelineEndpoint? Endpoint, IReadOnlyList<string> Warnings)> ResolveAsync(
        EndpointTarget target, Action<string> report, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        var lines = new ProgressLines(report, cluster.Time);
        long? addressed = null;
        while (true)
        {
            var doors = await _reader.ReadAsync(target, cancellationToken).ConfigureAwait(false);
            if (doors.Count == 0)
            {
                return (null, []);
            }

            var trials = await TryAllAsync(target, doors, cancellationToken).ConfigureAwait(false);
            if (trials.FirstOrDefault(trial => trial.IsVerified) is { } found)
            {
                return (found.ToEndpoint(null), found.Warnings());
            }

            var isAddressed = doors.All(door => door.HasAddress);
            addressed ??= isAddressed ? cluster.Time.GetTimestamp() : null;
            var isOver = isAddressed
                ? cluster.Time.GetElapsedTime(addressed!.Value) >= Patience(target, trials)
                : cluster.Time.GetElapsedTime(begun) >= (target.IsNew ? addressGrace : addressGrace - AgeOf(doors));
            if (isOver)
            {
                return GiveUp(target, doors, trials);
            }

            lines.Say(isAddressed ? $"waits until {trials[0].Candidate.Url} answers" : $"waits for the address of {doors.First(door => !door.HasAddress).Object}");
            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<FrontDoorTrial>> TryAllAsync(EndpointTarget target, IReadOnlyList<FrontDoor> doors, CancellationToken cancellationToken)
    {
        List<FrontDoorTrial> trials = [];
        foreach (var candidate in doors.SelectMany(door => door.Candidates))
        {
            trials.Add(await TryAsync(target, candidate, cancellationToken).ConfigureAwait(false));
        }

        return trials;
    }

    // As callers do, by the host's name; and where that leads nowhere, or elsewhere, at the address that it has to get.
    private async Task<FrontDoorTrial> TryAsync(EndpointTarget target, EndpointCandidate candidate, CancellationToken cancellationToken)
    {
        if (!candidate.CanBeAsked)
        {
            return new FrontDoorTrial(candidate, new HealthAnswer(null), IsOurs: null, IsAtAddress: false);
        }

        var byName = await TryAsync(target, candidate, null, cancellationToken).ConfigureAwait(false);
        if (byName.IsVerified || candidate.Address is null)
        {
            return byName;
        }

        var atAddress = await TryAsync(target, candidate, candidate.Address, cancellationToken).ConfigureAwait(false);
        return atAddress.Answer.Status is null ? byName : atAddress with { IsHostUnknown = byName.Answer.IsHostUnknown };
    }

    private async Task<FrontDoorTrial> TryAsync(EndpointTarget target, EndpointCandidate candidate, string? address, CancellationToken cancellationToken)
    {
        var answer = await probe.AskAsync(candidate.Url, target.HealthPath, address, cancellationToken).ConfigureAwait(false);
        // Whoever answers without a certificate that is trusted is not asked who it is.
        bool? isOurs = answer is { Status: not null, CertificateProblem: null } && target.SaysWhoItIs
            ? await probe.IdentityAsync(candidate.Url, address, StableId.Of(target.Deployment), cancellationToken).ConfigureAwait(false)
            : null;
        return new FrontDoorTrial(candidate, answer, isOurs, IsAtAddress: address is not null) { IsHostUnknown = answer.IsHostUnknown };
    }

    private TimeSpan AgeOf(IReadOnlyList<FrontDoor> doors) => doors.Min(door => door.Created) is { } created ? cluster.Time.GetUtcNow() - created : TimeSpan.Zero;

    // What answers, if only with an error, is a controller that may still learn of us. A certificate takes minutes, if it comes.
    private static TimeSpan Patience(EndpointTarget target, IReadOnlyList<FrontDoorTrial> trials) => trials switch
    {
        _ when target.AnyWay || trials.All(trial => !trial.Candidate.CanBeAsked) => TimeSpan.Zero,
        _ when trials.Any(trial => trial.Answer is { Status: not null, CertificateProblem: null }) => Settling,
        _ => Reaching,
    };

    private static (PipelineEndpoint? Endpoint, IReadOnlyList<string> Warnings) GiveUp(
        EndpointTarget target, IReadOnlyList<FrontDoor> doors, IReadOnlyList<FrontDoorTrial> trials)
    {
        if (trials.FirstOrDefault(trial => trial is { IsOurs: true, Answer.IsWell: false }) is { Answer.Status: HttpStatusCode status } unwell)
        {
            throw UnwellError.Of(target, HealthProbe.Below(unwell.Candidate.Url, target.HealthPath), (int)status);
        }

        List<string> warnings =
        [
            .. doors.Where(door => door.Refusal is not null).Select(door => $"{door.Object} is not served: {door.Refusal}"),
            .. doors.Where(door => !door.HasAddress).Select(Pending),
        ];
        if (trials is not [var best, ..])
        {
            // No host and no address: the Service has to do.
            return (null, warnings);
        }

        warnings.AddRange(best.Warnings());
        return (best.ToEndpoint(target.PortForward(target.Port)), warnings);
    }

    private static string Pending(FrontDoor door) => door.Object.Kind == ObjectKind.Ingress.Kind
        ? $"{door.Object} has no address (INGRESS_PENDING): no controller serves its class, or there is none; 'kubectl get ingressclass' lists them, .WithIngress(i => i.ClassName = \"…\") names one"
        : $"{door.Object} has no address (GATEWAY_PENDING): its Gateway is not there, not ready, or may not be read; see 'kubectl describe {door.Object.Kind.ToLowerInvariant()} {door.Object.Name} -n {door.Object.Namespace}'";
}
