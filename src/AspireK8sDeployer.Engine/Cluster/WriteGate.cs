namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Lets so many writes at once to the server and no more. When the server says that it is too much, half of what it was
/// under way; and one more again with every tenth that it took.
/// </summary>
internal sealed class WriteGate
{
    /// <summary>At once in this process, whatever it deploys, and in one deploy.</summary>
    public const int MostOfProcess = 64;
    public const int MostOfDeploy = 16;

    private const int SuccessesForOneMore = 10;

    private readonly Lock _changing = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private readonly int _most;
    private int _limit;
    private int _underWay;
    private int _successes;
    private int _round;

    public WriteGate(int most) => _most = _limit = most;

    public static WriteGate OfProcess { get; } = new(MostOfProcess);

    /// <summary>How many may be under way now.</summary>
    public int Limit
    {
        get
        {
            lock (_changing)
            {
                return _limit;
            }
        }
    }

    /// <summary>Waits until there is room. What it returns is given back to <see cref="Leave"/>.</summary>
    public async Task<int> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> place;
        lock (_changing)
        {
            if (_underWay < _limit && _waiting.Count == 0)
            {
                _underWay++;
                return _round;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var giveUp = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        await place.Value.Task.ConfigureAwait(false);
        lock (_changing)
        {
            return _round;
        }
    }

    /// <summary>Makes room for the next one.</summary>
    /// <param name="round">What <see cref="EnterAsync"/> returned.</param>
    /// <param name="answer">What the server said of it.</param>
    public void Leave(int round, WriteAnswer answer)
    {
        lock (_changing)
        {
            // Those that were under way together hear of the same moment: it counts once.
            if (answer == WriteAnswer.TooMany && round == _round)
            {
                _limit = Math.Max(1, Math.Min(_limit, _underWay) / 2);
                _successes = 0;
                _round++;
            }
            else if (answer == WriteAnswer.Taken && _limit < _most && ++_successes >= SuccessesForOneMore)
            {
                _limit++;
                _successes = 0;
            }

            _underWay--;
            while (_underWay < _limit && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                _underWay++;
                next.Value.SetResult();
            }
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            // Not in the list any more, it has its room already.
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
