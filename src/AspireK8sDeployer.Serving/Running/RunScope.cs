using System.Collections;

namespace AspireK8sDeployer.Serving.Running;

/// <summary>The scope of what is logged during a run: its id and its pipeline.</summary>
internal sealed class RunScope(string pipeline, string runId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Pipeline", pipeline),
        1 => new("RunId", runId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public override string ToString() => $"Pipeline:{pipeline} RunId:{runId}";

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
