using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Probes;

/// <summary>Tries one probe of one running container again and again, and reports verdicts and failures.</summary>
internal sealed class ProbeLoop(ProbeKind kind, V1Probe probe, V1Container container, ContainerProcess process, string podIp, Prober prober, TimeProvider time)
{
    /// <summary>
    /// How often a container that is only being started is looked at between two tries. It may listen long before
    /// the next try is due, and somebody waits for it.
    /// </summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly ProbeCounter _counter = new(
        kind switch { ProbeKind.Readiness => false, ProbeKind.Liveness => true, _ => null },
        probe.SuccessThreshold ?? 1,
        probe.FailureThreshold ?? 3);

    public ProbeKind Kind => kind;

    public bool? Verdict => _counter.Verdict;

    /// <summary>Runs until cancelled, or until a startup probe has succeeded, or a fatal one has failed for good.</summary>
    public async Task RunAsync(Action<ProbeLoop> verdict, Action<ProbeKind, string> failed, CancellationToken cancellationToken)
    {
        var period = TimeSpan.FromSeconds(probe.PeriodSeconds ?? 10);
        await Task.Delay(TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0), time, cancellationToken).ConfigureAwait(false);
        var answered = kind == ProbeKind.Liveness;

        while (true)
        {
            var began = time.GetTimestamp();
            var result = await prober.TryAsync(probe, container, process, podIp, cancellationToken).ConfigureAwait(false);
            if (!result.Success)
            {
                failed(kind, result.Output);
            }

            answered |= !result.NobodyListens;
            if (_counter.Add(result.Success))
            {
                verdict(this);
                if (IsFinal())
                {
                    return;
                }
            }

            while (time.GetElapsedTime(began) < period)
            {
                var left = period - time.GetElapsedTime(began);
                await Task.Delay(answered || left < Glance ? left : Glance, time, cancellationToken).ConfigureAwait(false);
                if (!answered && await AnswersAsync(cancellationToken).ConfigureAwait(false))
                {
                    answered = true;
                    break;
                }
            }
        }
    }

    private bool IsFinal() => (kind, Verdict) is (ProbeKind.Startup, not null) or (ProbeKind.Liveness, false);

    /// <summary>Whether somebody listens by now; a failure of a glance counts for nothing.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        !(await prober.TryAsync(probe, container, process, podIp, cancellationToken).ConfigureAwait(false)).NobodyListens;
}
