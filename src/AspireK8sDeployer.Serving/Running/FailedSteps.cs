namespace AspireK8sDeployer.Serving.Running;

/// <summary>Which steps of a run failed, and with what, so that the exception that ends the run leads to its step.</summary>
internal sealed class FailedSteps
{
    private readonly Lock _lock = new();
    private List<(string Step, Exception Exception)>? _failures;

    /// <summary>Notes a failure, and returns false when the exception is one that another step threw before.</summary>
    public bool Add(string step, Exception exception)
    {
        lock (_lock)
        {
            if (Find_NeedsLock(exception) is not null)
            {
                return false;
            }

            (_failures ??= []).Add((step, exception));
            return true;
        }
    }

    /// <summary>The step that threw an exception first; null when no step did.</summary>
    public string? StepOf(Exception exception)
    {
        lock (_lock)
        {
            return Find_NeedsLock(exception);
        }
    }

    private string? Find_NeedsLock(Exception exception)
    {
        foreach (var (step, known) in _failures ?? [])
        {
            if (ReferenceEquals(known, exception))
            {
                return step;
            }
        }

        return null;
    }
}
