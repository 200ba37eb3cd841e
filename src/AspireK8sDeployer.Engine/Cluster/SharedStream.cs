using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The stream of one kind in one namespace, for all who look at it; it runs while there is anyone.</summary>
/// <remarks>
/// For one deployment it asks for that one's objects alone: a namespace may hold hundreds of others. When a second one joins
/// it begins again with all of the application, and stays so.
/// </remarks>
internal sealed class SharedStream(ClusterObjects cluster, ObjectKind kind, string @namespace)
{
    private readonly Lock _changing = new();
    private readonly List<StreamView> _views = [];
    private readonly Dictionary<string, JsonObject> _objects = [];
    private CancellationTokenSource? _running;
    private ObjectSelector? _selector;
    private StreamChange? _known;

    /// <summary>Adds someone, who hears at once what there is, if that is known. False when the stream is over.</summary>
    public bool TryJoin(StreamView view)
    {
        lock (_changing)
        {
            if (_selector is not null && _running is null)
            {
                return false;
            }

            _views.Add(view);
            var wanted = Wanted();
            if (_selector is null || IsWider(wanted))
            {
                Begin(wanted);
            }
            else if (_known is { } known)
            {
                view.Tell(new StreamEvent(kind, known, [.. _objects.Values]));
            }

            return true;
        }
    }

    /// <summary>Takes someone out; with the last one the stream ends. True when it is over.</summary>
    public bool Leave(StreamView view)
    {
        lock (_changing)
        {
            _views.Remove(view);
            if (_views.Count == 0)
            {
                End();
            }

            return _running is null;
        }
    }

    private ObjectSelector Wanted()
    {
        if (kind == ObjectKind.Event)
        {
            return ObjectSelector.All;
        }

        var deployments = _views.Select(view => view.Deployment).Distinct().ToList();
        return deployments switch
        {
            [var only] => ObjectSelector.OfDeployment(only.Name),
            _ when deployments.Select(item => item.Application).Distinct().Count() == 1 => ObjectSelector.OfApplication(deployments[0].Application),
            _ => ObjectSelector.Ours,
        };
    }

    // Never narrower: whoever is left would only lose what it has.
    private bool IsWider(ObjectSelector wanted) => wanted != _selector && _selector != ObjectSelector.Ours && !IsOfOne(wanted);

    private static bool IsOfOne(ObjectSelector selector) => selector.Labels?.StartsWith(Names.DeploymentLabel, StringComparison.Ordinal) == true;

    private void Begin(ObjectSelector selector)
    {
        End();
        _known = null;
        _selector = selector;
        var running = new CancellationTokenSource();
        _running = running;
        // What the first one who waits has in its context is not for the others.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => FollowAsync(selector, running));
        }
    }

    private void End()
    {
        _running?.Cancel();
        _running = null;
    }

    private async Task FollowAsync(ObjectSelector selector, CancellationTokenSource running)
    {
        var stream = new ObjectStream(cluster, kind, @namespace, selector) { FromNow = kind == ObjectKind.Event };
        try
        {
            await stream.RunAsync(change => Tell(change, running), running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // Nobody looks any more, or another one has begun.
        }
        catch (Exception failure)
        {
            // Whatever it is, whoever waits must hear of it and not go on without.
            Break(failure, running);
        }
    }

    private void Tell(StreamEvent change, CancellationTokenSource teller)
    {
        lock (_changing)
        {
            if (_running != teller)
            {
                return;
            }

            Remember(change);
            foreach (var view in _views)
            {
                view.Tell(change);
            }
        }
    }

    private void Break(Exception failure, CancellationTokenSource teller)
    {
        lock (_changing)
        {
            if (_running != teller)
            {
                return;
            }

            End();
            foreach (var view in _views)
            {
                view.End(failure);
            }
        }
    }

    private void Remember(StreamEvent change)
    {
        if (change.Change is StreamChange.Reset or StreamChange.Denied)
        {
            _objects.Clear();
            _known = change.Change;
        }

        foreach (var item in change.Objects)
        {
            var name = (string?)item["metadata"]?["name"] ?? "";
            if (change.Change == StreamChange.Removed)
            {
                _objects.Remove(name);
            }
            else
            {
                _objects[name] = item;
            }
        }
    }
}
