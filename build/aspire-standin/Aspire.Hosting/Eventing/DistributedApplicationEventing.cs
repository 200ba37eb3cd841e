using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly List<(Type Event, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];
    private readonly Lock _lock = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);

        var subscription = new DistributedApplicationEventSubscription((e, cancellationToken) => callback((T)e, cancellationToken));
        lock (_lock)
        {
            _subscriptions.Add((typeof(T), subscription));
        }

        return subscription;
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(callback);

        return Subscribe<T>((e, cancellationToken) => e.Resource == resource ? callback(e, cancellationToken) : Task.CompletedTask);
    }

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.RemoveAll(s => s.Subscription == subscription);
        }
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public async Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        Func<IDistributedApplicationEvent, CancellationToken, Task>[] callbacks;
        lock (_lock)
        {
            callbacks = [.. _subscriptions.Where(s => s.Event == typeof(T)).Select(s => s.Subscription.Callback)];
        }

        var dispatch = dispatchBehavior is EventDispatchBehavior.BlockingConcurrent or EventDispatchBehavior.NonBlockingConcurrent
            ? Task.WhenAll(callbacks.Select(callback => callback(@event, cancellationToken)))
            : InOrderAsync();

        if (dispatchBehavior is EventDispatchBehavior.BlockingSequential or EventDispatchBehavior.BlockingConcurrent)
        {
            await dispatch;
        }

        async Task InOrderAsync()
        {
            foreach (var callback in callbacks)
            {
                await callback(@event, cancellationToken);
            }
        }
    }
}
