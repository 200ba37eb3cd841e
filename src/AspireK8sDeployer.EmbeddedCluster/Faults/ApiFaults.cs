using AspireK8sDeployer.EmbeddedCluster.Faults;
using AspireK8sDeployer.EmbeddedCluster.Http;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>What goes wrong with calls to a cluster's API server. Faults may be added and removed at any time.</summary>
public sealed class ApiFaults
{
    private readonly Lock _gate = new();
    private ApiFault[] _faults = [];

    /// <summary>Lets something go wrong from now on, and returns it, to be looked at or removed later.</summary>
    public ApiFault Add(ApiFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _faults = [.. _faults, fault];
        }

        return fault;
    }

    /// <summary>Ends a fault; calls that it holds stay held.</summary>
    public void Remove(ApiFault fault)
    {
        lock (_gate)
        {
            _faults = [.. _faults.Where(other => other != fault)];
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults = [];
        }
    }

    /// <summary>Does a call, through every fault that takes it: the one that was added first is met first.</summary>
    internal Task RunAsync(HttpContext http, Func<Task> next, TimeProvider time, CancellationToken stopping)
    {
        var faults = Volatile.Read(ref _faults);
        if (faults.Length == 0)
        {
            return next();
        }

        var info = RequestInfo.Parse(http.Request);
        foreach (var fault in faults.Where(fault => fault.Takes(info)).Reverse().ToArray())
        {
            var inner = next;
            next = () => fault.Effect.RunAsync(new FaultedCall(http, inner, time, stopping));
        }

        return next();
    }
}
