using System.Globalization;
using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Remembers when pods became ready and ceased to be: what goes to and fro is a cause of its own.</summary>
internal sealed class ReadyToggles
{
    private const int Enough = 3;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, List<(DateTimeOffset Time, bool IsReady)>> _seen = [];

    public Diagnosis? See(RolloutObjects objects, DateTimeOffset now)
    {
        Diagnosis? found = null;
        // Without a probe "ready" only says that it has not crashed yet; that is the crash's story.
        foreach (var pod in objects.NewPods.Where(pod => LastingContainers.AreProbed(pod.Spec)))
        {
            var isReady = Diagnoser.IsReady(pod);
            if (!_seen.TryGetValue(pod.Metadata.Uid ?? pod.Metadata.Name, out var changes))
            {
                _seen[pod.Metadata.Uid ?? pod.Metadata.Name] = changes = [];
            }

            // Not being ready is how every pod begins.
            if (changes.Count == 0 ? isReady : changes[^1].IsReady != isReady)
            {
                changes.Add((now, isReady));
            }

            changes.RemoveAll(change => now - change.Time > Window);
            if (changes.Count >= Enough && found is null)
            {
                found = Of(pod.Metadata.Name, changes);
            }
        }

        return found;
    }

    private static Diagnosis Of(string pod, List<(DateTimeOffset Time, bool IsReady)> changes)
    {
        var last = string.Join(", ", changes.TakeLast(Enough).Select(change =>
            $"{(change.IsReady ? "ready" : "not ready")} at {change.Time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}"));
        return new Diagnosis("FLAPPING", FailureClass.Waits, $"it becomes ready and ceases to be: {last}", "see its log; and give its readiness probe more time with .WithReadinessProbe(p => p.FailureThreshold = …)")
        {
            Pods = [pod],
            Evidence = last,
        };
    }
}
