namespace AspireK8sDeployer.EmbeddedCluster.Node.Probes;

/// <summary>Turns single results into a verdict, which changes after as many equal results in a row as the thresholds say. Pure.</summary>
internal sealed class ProbeCounter(bool? initial, int successThreshold, int failureThreshold)
{
    private bool? _last;
    private int _run;

    /// <summary>True when the probe succeeds, false when it fails, null when it is not known yet.</summary>
    public bool? Verdict { get; private set; } = initial;

    /// <summary>Whether the verdict was reached (again) with this result.</summary>
    public bool Add(bool success)
    {
        _run = _last == success ? _run + 1 : 1;
        _last = success;
        if (_run < (success ? successThreshold : failureThreshold))
        {
            return false;
        }

        Verdict = success;
        return true;
    }
}
