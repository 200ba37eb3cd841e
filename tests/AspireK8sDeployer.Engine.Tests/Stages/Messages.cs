namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Keeps what a deploy says, and tells when it says a certain thing.</summary>
internal sealed class Messages : IProgress<DeploymentProgress>
{
    private readonly List<string> _all = [];
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What to listen for.</summary>
    public string? Awaited { get; init; }

    /// <summary>Done once it was said.</summary>
    public Task Heard => _heard.Task;

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public void Report(DeploymentProgress value)
    {
        lock (_all)
        {
            _all.Add(value.Message);
        }

        if (Awaited is not null && value.Message.Contains(Awaited, StringComparison.Ordinal))
        {
            _heard.TrySetResult();
        }
    }
}
