namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Says what is waited for: each thing once when it comes up, and ever more rarely that it has not changed.</summary>
internal sealed class ProgressLines(Action<string> report, TimeProvider time)
{
    // What goes to and fro is said once in so long.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _said = [];
    private readonly long _begun = time.GetTimestamp();
    private string? _last;
    private long _lastTime;
    private TimeSpan _pause = Soon;

    public void Say(string line)
    {
        var now = time.GetTimestamp();
        if (line == _last)
        {
            if (time.GetElapsedTime(_lastTime, now) < _pause)
            {
                return;
            }

            report($"{line} (for {time.GetElapsedTime(_begun, now).TotalSeconds:0} s)");
            _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
        }
        else if (_said.TryGetValue(line, out var before) && time.GetElapsedTime(before, now) < Soon)
        {
            return;
        }
        else
        {
            report(line);
            _pause = Soon;
        }

        _said[line] = now;
        (_last, _lastTime) = (line, now);
    }
}
