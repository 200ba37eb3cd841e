using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// Tells the cluster's components what changes: one list and watch per kind, shared by all who ask for that kind.
/// The objects are shared too, so that nobody may change them.
/// </summary>
/// <remarks>
/// A change is only a reason to look. Components read the state from the API itself, which is in this process and never
/// behind; that is why none of them needs a cache, or has to guard against one that lags.
/// </remarks>
internal sealed partial class ObjectHub(IClusterApi api, TimeProvider time, ILogger<ObjectHub> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<Type, Subscription> _subscriptions = [];

    /// <summary>Calls back with every object there is and with each that changes; the second argument is true when it is gone.</summary>
    public void Subscribe<T>(Action<T, bool> changed)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (!_subscriptions.TryGetValue(typeof(T), out var subscription))
        {
            _subscriptions[typeof(T)] = subscription = new Subscription<T>(api);
        }

        ((Subscription<T>)subscription).Handlers.Add(changed);
    }

    /// <summary>Runs until cancelled. Whoever wants to hear has subscribed before.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_subscriptions.Values.Select(subscription => FollowAsync(subscription, cancellationToken)));

    private async Task FollowAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        // Components may work as soon as they hear something: not on the thread that starts the cluster.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await subscription.FollowAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // 410 when the watch fell behind; for whatever else, listing again is the remedy too.
                LogWatchEnded(logger, subscription.Kind, e.Message);
                await Task.Delay(RetryDelay, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The watch of {Kind} ended and starts again: {Problem}")]
    private static partial void LogWatchEnded(ILogger logger, string kind, string problem);

    private abstract class Subscription
    {
        public abstract string Kind { get; }

        public abstract Task FollowAsync(CancellationToken cancellationToken);
    }

    private sealed class Subscription<T>(IClusterApi api) : Subscription
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        private readonly Dictionary<ObjectKey, T> _known = [];

        public override string Kind => typeof(T).Name;

        public List<Action<T, bool>> Handlers { get; } = [];

        public override async Task FollowAsync(CancellationToken cancellationToken)
        {
            var list = api.List<T>();
            var present = list.Items.Select(item => ObjectKey.Of(item)).ToHashSet();

            // What went while nobody watched is reported gone, with what was last known of it.
            foreach (var gone in _known.Where(entry => !present.Contains(entry.Key)).Select(entry => entry.Value).ToArray())
            {
                Report(gone, deleted: true);
            }

            foreach (var item in list.Items)
            {
                Report(item, deleted: false);
            }

            await foreach (var change in api.WatchAsync<T>(null, list.ResourceVersion, cancellationToken).ConfigureAwait(false))
            {
                Report(change.Object, change.Type == Api.WatchEventType.Deleted);
            }
        }

        private void Report(T obj, bool deleted)
        {
            if (deleted)
            {
                _known.Remove(ObjectKey.Of(obj));
            }
            else
            {
                _known[ObjectKey.Of(obj)] = obj;
            }

            foreach (var handler in Handlers)
            {
                handler(obj, deleted);
            }
        }
    }
}
