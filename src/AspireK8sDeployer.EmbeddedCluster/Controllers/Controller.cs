using AspireK8sDeployer.EmbeddedCluster.Api;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// A control loop: whenever something about a key changes, <see cref="Reconcile"/> makes the cluster what it should be,
/// from what is there now. It may be called at any time and any number of times.
/// </summary>
internal abstract partial class Controller(ControllerContext context)
{
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private const int NotableFailures = 8;

    private readonly WorkQueue<ObjectKey> _queue = new(context.Time);
    private readonly Dictionary<ObjectKey, int> _failures = [];

    /// <summary>The field manager of the real cluster's controllers.</summary>
    protected const string Manager = "kube-controller-manager";

    protected IClusterApi Api => context.Api;

    protected TimeProvider Time => context.Time;

    protected ControllerContext Context => context;

    protected DateTime Now => KubernetesTime.Truncate(context.Time.GetUtcNow());

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            ObjectKey key;
            try
            {
                key = await _queue.TakeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Work(key);
            _queue.Done(key);
        }
    }

    /// <summary>Makes one key what it should be.</summary>
    protected abstract void Reconcile(ObjectKey key);

    protected void Enqueue(ObjectKey key) => _queue.Add(key);

    protected void EnqueueAfter(ObjectKey key, TimeSpan delay) => _queue.AddAfter(key, delay);

    private void Work(ObjectKey key)
    {
        try
        {
            Reconcile(key);
            _failures.Remove(key);
        }
        catch (Exception e)
        {
            var failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
            _queue.AddAfter(key, Delay(failures));

            if (e is ApiException { Code: < 500 })
            {
                // Refused (a quota), or somebody else was faster: that is how controllers live together. Not for ever, though.
                LogRefused(context.Logger, failures == NotableFailures ? LogLevel.Warning : LogLevel.Debug, GetType().Name, key, e.Message);
            }
            else
            {
                LogFailed(context.Logger, GetType().Name, key, e);
            }
        }
    }

    private TimeSpan Delay(int failures) =>
        TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, context.FirstRetry.Ticks << Math.Min(failures - 1, 20)));

    [LoggerMessage(Message = "{Controller} tries {Key} again: {Problem}")]
    private static partial void LogRefused(ILogger logger, LogLevel level, string controller, ObjectKey key, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Controller} could not reconcile {Key}")]
    private static partial void LogFailed(ILogger logger, string controller, ObjectKey key, Exception exception);
}
