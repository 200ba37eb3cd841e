using AspireK8sDeployer.EmbeddedCluster.Node.Probes;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Runs the probes of a pod's containers and brings their verdicts into the pod's loop.</summary>
internal sealed class ContainerProbes(NodeContext node, Action<Action> signal)
{
    public void Start(V1Pod pod, ContainerRecord container, string podIp, Action<ContainerRecord, ProbeKind, long> kill)
    {
        Stop(container);
        container.ProbesStop = new CancellationTokenSource();
        var session = new Session(node, signal, pod, container, podIp, kill, container.ProbesStop.Token);

        // The others wait for the startup probe, where there is one.
        if (container.Spec.StartupProbe is { } startup)
        {
            session.Run(ProbeKind.Startup, startup);
        }
        else
        {
            session.RunOthers();
        }
    }

    public static void Stop(ContainerRecord container)
    {
        container.ProbesStop?.Cancel();
        container.ProbesStop?.Dispose();
        container.ProbesStop = null;
    }

    /// <summary>Ends what would restart a container; whether it is ready is of interest until it has ended.</summary>
    public static void StopRestarting(ContainerRecord container) => container.RestartsAllowed = false;

    private sealed class Session(
        NodeContext node, Action<Action> signal, V1Pod pod, ContainerRecord container, string podIp, Action<ContainerRecord, ProbeKind, long> kill, CancellationToken stop)
    {
        private readonly Containers.ContainerProcess _process = container.Process!;

        public void RunOthers()
        {
            if (container.Spec.LivenessProbe is { } liveness)
            {
                Run(ProbeKind.Liveness, liveness);
            }

            if (container.Spec.ReadinessProbe is { } readiness)
            {
                Run(ProbeKind.Readiness, readiness);
            }
        }

        public void Run(ProbeKind kind, V1Probe probe)
        {
            var loop = new ProbeLoop(kind, probe, container.Spec, _process, podIp, node.Prober, node.Time);
            _ = RunAsync(loop, probe);
        }

        private async Task RunAsync(ProbeLoop loop, V1Probe probe)
        {
            try
            {
                await loop.RunAsync(decided => OnVerdict(decided, probe), OnFailure, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The container has ended.
            }
        }

        private void OnFailure(ProbeKind kind, string output) => signal(() =>
        {
            if (IsCurrent() && !_process.Exit.IsCompleted)
            {
                node.Events.Warning(node.EventSource, pod, "Unhealthy", $"{kind} probe failed: {output}", container.FieldPath);
            }
        });

        private void OnVerdict(ProbeLoop loop, V1Probe probe)
        {
            var (kind, success) = (loop.Kind, loop.Verdict == true);
            signal(() =>
            {
                if (!IsCurrent())
                {
                    return;
                }

                switch (kind, success)
                {
                    case (ProbeKind.Readiness, _):
                        container.Ready = success;
                        break;
                    case (ProbeKind.Startup, true):
                        container.Started = true;
                        container.Ready = container.Spec.ReadinessProbe is null;
                        RunOthers();
                        break;
                    case (_, false) when container.RestartsAllowed:
                        container.Ready = false;
                        kill(container, kind, probe.TerminationGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30);
                        break;
                }
            });
        }

        private bool IsCurrent() => !stop.IsCancellationRequested && container.Process == _process && container.IsRunning;
    }
}
