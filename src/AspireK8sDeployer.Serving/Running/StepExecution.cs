using System.Collections;
using System.Diagnostics;
using System.Globalization;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Running;

/// <summary>A step while it runs. It is also the scope of what is logged during it.</summary>
internal sealed class StepExecution(PipelineRun run, string name, int id, ILogger logger) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public string Name => name;

    public int Id => id;

    public PipelineRun Run => run;

    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Step", name),
        1 => new("StepId", id),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public void Retrying(int attempt, TimeSpan delay, Exception? exception)
    {
        Activity.Current?.AddEvent(new ActivityEvent("retry"));
        Log.StepRetried(logger, name, run.Id, id, attempt, delay.TotalMilliseconds, exception);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Step:{name} StepId:{id}");

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
