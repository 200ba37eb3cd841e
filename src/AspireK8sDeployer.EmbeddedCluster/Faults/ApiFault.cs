using AspireK8sDeployer.EmbeddedCluster.Http;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>
/// Something that goes wrong with calls of clients to the API server: which calls, and what. Only what comes over HTTP is
/// hit; the cluster's own controllers and its node go on undisturbed.
/// </summary>
/// <example>
/// <code>
/// cluster.Faults.Add(new ApiFault(ApiFaultEffect.Answer(503)) { Verb = "patch", Resource = "deployments", FirstCall = 2 });
/// </code>
/// </example>
public sealed class ApiFault(ApiFaultEffect effect)
{
    private int _calls;
    private int _hits;

    /// <summary>What happens to a call.</summary>
    public ApiFaultEffect Effect { get; } = effect;

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> or <c>deletecollection</c>; null means any.</summary>
    public string? Verb { get; init; }

    /// <summary>The plural as it stands in the path, <c>deployments</c>; null means any call, discovery among them.</summary>
    public string? Resource { get; init; }

    /// <summary>The subresource, such as <c>log</c>; empty means only calls without one, null means any.</summary>
    public string? Subresource { get; init; }

    /// <summary>The namespace; null means any.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the object, or the only one that a list or watch selects; null means any.</summary>
    public string? Name { get; init; }

    /// <summary>The first of the matching calls that is hit, counted from 1.</summary>
    public int FirstCall { get; init; } = 1;

    /// <summary>How many matching calls are hit from there on. <see cref="int.MaxValue"/> means all.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How many calls were hit so far.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Counts a call, and says whether it is hit.</summary>
    internal bool Takes(RequestInfo call)
    {
        if (!Matches(call))
        {
            return false;
        }

        var index = Interlocked.Increment(ref _calls) - FirstCall;
        if (index < 0 || index >= Calls)
        {
            return false;
        }

        Interlocked.Increment(ref _hits);
        return true;
    }

    // An effect on a stream is for watches only, whatever else the fault names.
    private bool Matches(RequestInfo call) =>
        (!Effect.IsForWatches || call.Verb == "watch")
        && (Verb is null || Verb == call.Verb)
        && (Resource is null || Resource == call.Resource)
        && (Subresource is null || Subresource == call.Subresource)
        && (Namespace is null || Namespace == call.Namespace)
        && (Name is null || Name == call.AllowedName);
}
