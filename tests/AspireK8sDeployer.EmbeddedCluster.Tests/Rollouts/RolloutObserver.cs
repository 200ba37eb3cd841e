using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Rollouts;

/// <summary>Watches a namespace and keeps every fact that it has not seen before.</summary>
internal sealed class RolloutObserver
{
    // However slow a machine is, what goes on goes on: of the longest wait between two tries, many times over.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<string> _seen = [];
    private readonly HashSet<string> _known = [];
    private readonly TestSpace _space;
    private readonly CancellationToken _end;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RolloutObserver(TestSpace space, CancellationToken end)
    {
        (_space, _end) = (space, end);
        _ = WatchAsync<V1Deployment>("Deployment");
        _ = WatchAsync<V1Pod>("Pod");
        _ = WatchAsync<Corev1Event>("Event");
    }

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>Until all of these were seen, or nothing new was for a long time.</summary>
    public async Task SeesAsync(IReadOnlyCollection<string> facts)
    {
        var over = false;
        while (!_end.IsCancellationRequested && !over)
        {
            Task next;
            lock (_seen)
            {
                if (_known.IsSupersetOf(facts))
                {
                    return;
                }

                next = _next.Task;
            }

            over = await Task.WhenAny(next, Task.Delay(Patience, _end)) != next;
        }
    }

    /// <summary>Notes what was not learned by watching.</summary>
    public void Note(string fact) => Add([fact]);

    private async Task WatchAsync<T>(string kind)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var list = _space.Api.List<T>(_space.Name);
        try
        {
            await foreach (var change in _space.Api.WatchAsync<T>(_space.Name, list.ResourceVersion, _end))
            {
                var json = JsonNode.Parse(KubernetesJson.Serialize(change.Object))!.AsObject();
                json["kind"] = kind;
                Add(RolloutFacts.Of(json, _space.Name));
            }
        }
        catch (OperationCanceledException)
        {
            // The play is over.
        }
    }

    private void Add(IEnumerable<string> facts)
    {
        lock (_seen)
        {
            var added = facts.Where(_known.Add).ToArray();
            if (added.Length > 0)
            {
                _seen.AddRange(added);
                _next.SetResult();
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
