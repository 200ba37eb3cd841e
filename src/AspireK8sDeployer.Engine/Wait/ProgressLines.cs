namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Says what is waited for: when it changes, and now and then that it has not.</summary>
internal sealed class ProgressLines(Action<string> report, TimeProvider time, TimeSpan sayAgain)
{
    private readonly long _begun = time.GetTimestamp();
    private string? _last;
    private long _lastTime;

    public void Say(string line)
    {
        var now = time.GetTimestamp();
        if (line != _last)
        {
            report(line);
        }
        else if (time.GetElapsedTime(_lastTime, now) >= sayAgain)
        {
            report($"{line} (for {time.GetElapsedTime(_begun, now).TotalSeconds:0} s)");
        }
        else
        {
            return;
        }

        (_last, _lastTime) = (line, now);
    }
}
