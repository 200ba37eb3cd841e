namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Makes one call of those that are asked for at the same time.</summary>
/// <remarks>
/// Nobody gets an answer to a call that was sent before he asked: who asks while one is under way is served by the next, with
/// all who asked meanwhile. So there is no time to choose, and the first waits for nobody.
/// </remarks>
/// <param name="call">Makes the call for those who wait, and answers each, in their order.</param>
internal sealed class JoinedCalls<TAsk, TAnswer>(Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> call)
{
    private readonly Lock _changing = new();
    private List<Asker> _waiting = [];
    private bool _isRunning;

    public Task<TAnswer> AskAsync(TAsk ask, CancellationToken cancellationToken)
    {
        var asker = new Asker(ask);
        lock (_changing)
        {
            _waiting.Add(asker);
            if (!_isRunning)
            {
                _isRunning = true;
                // What the first one has in its context is not for the others.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(RunAsync, CancellationToken.None);
                }
            }
        }

        return asker.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        while (TakeWaiting() is { Count: > 0 } askers)
        {
            try
            {
                var answers = await call([.. askers.Select(asker => asker.Ask)]).ConfigureAwait(false);
                foreach (var (asker, answer) in askers.Zip(answers))
                {
                    asker.Answer.TrySetResult(answer);
                }
            }
            catch (Exception failure)
            {
                // Each of them hears of it, and knows what to make of it.
                askers.ForEach(asker => asker.Answer.TrySetException(failure));
            }
        }
    }

    private List<Asker> TakeWaiting()
    {
        lock (_changing)
        {
            var askers = _waiting;
            _waiting = [];
            _isRunning = askers.Count > 0;
            return askers;
        }
    }

    private sealed record Asker(TAsk Ask)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
