using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AspireK8sDeployer.Benchmarks.Server.Counting;

/// <summary>The requests of one run of one tool.</summary>
internal sealed class Traffic
{
    private readonly ConcurrentQueue<CountedRequest> _requests = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    public int Requests => _requests.Count;

    public int Writes => _requests.Count(request => request.Name.IsWrite);

    public long Bytes => _requests.Sum(request => request.Bytes);

    /// <summary>When the last object of a kind was written; null when none was.</summary>
    public TimeSpan? LastWriteOf(string resource) => _requests.Where(request => request.Name.IsWrite && request.Name.Resource == resource).Max(request => request.Ended);

    public TimeSpan Now => Stopwatch.GetElapsedTime(_begun);

    public CountedRequest Add(RequestName name)
    {
        var request = new CountedRequest(name, Now);
        _requests.Enqueue(request);
        return request;
    }

    /// <summary>How many there were of each sort, the most frequent first.</summary>
    public IEnumerable<(string Sort, int Count, long Bytes)> Sorts() => _requests
        .GroupBy(request => $"{request.Name.Verb} {request.Name.Resource}")
        .Select(group => (group.Key, group.Count(), group.Sum(request => request.Bytes)))
        .OrderByDescending(sort => sort.Item2);

    /// <summary>A line for each, in the order in which they came: when (ms), how long (ms), status, bytes, what.</summary>
    public IEnumerable<string> Lines() => _requests.Select(request => string.Create(
        CultureInfo.InvariantCulture,
        $"{request.Begun.TotalMilliseconds,10:0.0} {(request.Ended - request.Begun)?.TotalMilliseconds,10:0.0} {request.Status,4} {request.Bytes,9} {request.Name.Verb} {request.Name.Resource} {request.Name.Namespace}/{request.Name.Name}"));
}
