namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What a deploy has written so far, for one that is stopped on its way.</summary>
internal sealed class WriteLog
{
    private readonly Lock _changing = new();
    private readonly List<string> _done = [];
    private readonly List<string> _unknown = [];

    public void Took(ApiRequest request) => Add(_done, request);

    /// <summary>It was under way when it was stopped, and no answer has come.</summary>
    public void Abandoned(ApiRequest request) => Add(_unknown, request);

    /// <summary>What was done, and what is not known, for example <c>stopped after these were written: Namespace/demo</c>.</summary>
    public string WhenStopped()
    {
        lock (_changing)
        {
            var done = _done.Count == 0 ? "stopped before anything was written" : $"stopped after these were written: {string.Join(", ", _done)}";
            var unknown = _unknown.Count == 0 ? "" : $"; not known whether these were: {string.Join(", ", _unknown)}";
            return $"{done}{unknown}; it is safe to do it again";
        }
    }

    private void Add(List<string> subjects, ApiRequest request)
    {
        // The lock is no part of what is deployed.
        if (!request.IsWrite || request.IsDryRun || request.IsOfLock || request.Subject is not { } subject)
        {
            return;
        }

        lock (_changing)
        {
            if (!subjects.Contains(subject))
            {
                subjects.Add(subject);
            }
        }
    }
}
