namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// How many calls a deploy may make again in all: twenty, and one more with every fifth call that went well. A server that
/// only fails ends the deploy after these, however many calls are under way.
/// </summary>
internal sealed class RetryBudget
{
    private const double Most = 20;
    private const double ForEachSuccess = 0.2;

    private readonly Lock _changing = new();
    private double _left = Most;
    private Exception? _first;

    /// <summary>Whether the call may be made again; if not, the failure that began it all.</summary>
    public bool TrySpend(Exception failure, out Exception first)
    {
        lock (_changing)
        {
            first = _first ??= failure;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_changing)
        {
            _left = Math.Min(Most, _left + ForEachSuccess);
            _first = null;
        }
    }
}
