using System.Threading.Channels;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// Keys to work on. A key that is asked for many times before its turn has one turn; one that is asked for during its turn has
/// another one after it.
/// </summary>
internal sealed class WorkQueue<TKey>(TimeProvider time)
    where TKey : notnull
{
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();
    private readonly HashSet<TKey> _waiting = [];
    private readonly HashSet<TKey> _working = [];
    private readonly Dictionary<TKey, ITimer> _later = [];
    private readonly Lock _gate = new();

    public void Add(TKey key)
    {
        lock (_gate)
        {
            if (_waiting.Add(key) && !_working.Contains(key))
            {
                _ready.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Adds the key after a while; of several such requests for a key the last one counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_gate)
        {
            if (_later.Remove(key, out var earlier))
            {
                earlier.Dispose();
            }

            _later[key] = time.CreateTimer(_ => OnTime(key), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public async Task<TKey> TakeAsync(CancellationToken cancellationToken)
    {
        var key = await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _waiting.Remove(key);
            _working.Add(key);
        }

        return key;
    }

    private void OnTime(TKey key)
    {
        lock (_gate)
        {
            if (_later.Remove(key, out var timer))
            {
                timer.Dispose();
            }
        }

        Add(key);
    }

    /// <summary>Ends the turn of a key.</summary>
    public void Done(TKey key)
    {
        lock (_gate)
        {
            _working.Remove(key);
            if (_waiting.Contains(key))
            {
                _ready.Writer.TryWrite(key);
            }
        }
    }
}
