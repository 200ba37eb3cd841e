using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AspireK8sDeployer.Serving.Telemetry;

/// <summary>The traces and metrics of runs and steps. Without a listener they cost next to nothing.</summary>
internal sealed class PipelineTelemetry : IDisposable
{
    /// <summary>What an OpenTelemetry set-up names to receive them.</summary>
    public const string Name = "AspireK8sDeployer.Serving";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _runDuration;
    private readonly Histogram<double> _stepDuration;
    private readonly UpDownCounter<long> _active;

    public PipelineTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _runDuration = meter.CreateHistogram<double>("pipeline.run.duration", "s", "How long runs took.");
        _stepDuration = meter.CreateHistogram<double>("pipeline.step.duration", "s", "How long steps took, retries included.");
        _active = meter.CreateUpDownCounter<long>("pipeline.run.active", "{run}", "How many runs there are now.");
    }

    public Activity? StartRun(PipelineRun run)
    {
        if (_active.Enabled)
        {
            _active.Add(1, new KeyValuePair<string, object?>("pipeline", run.PipelineName));
        }

        return _activities.HasListeners()
            ? _activities.StartActivity($"run {run.PipelineName}")?
                .SetTag("pipeline.name", run.PipelineName).SetTag("pipeline.run.id", run.Id).SetTag("pipeline.run.name", run.Name)
            : null;
    }

    public void EndRun(Activity? activity, PipelineRun run, string outcome, TimeSpan elapsed)
    {
        if (_active.Enabled)
        {
            _active.Add(-1, new KeyValuePair<string, object?>("pipeline", run.PipelineName));
        }

        if (_runDuration.Enabled)
        {
            _runDuration.Record(
                elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("pipeline", run.PipelineName),
                new KeyValuePair<string, object?>("outcome", outcome));
        }

        End(activity, outcome);
    }

    public Activity? StartStep(PipelineRun run, string name, int id) => _activities.HasListeners()
        ? _activities.StartActivity($"step {name}")?
            .SetTag("pipeline.name", run.PipelineName).SetTag("pipeline.run.id", run.Id).SetTag("pipeline.step.id", id)
        : null;

    public void EndStep(Activity? activity, PipelineRun run, string name, string outcome, TimeSpan elapsed)
    {
        if (_stepDuration.Enabled)
        {
            _stepDuration.Record(
                elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("pipeline", run.PipelineName),
                new KeyValuePair<string, object?>("step", name),
                new KeyValuePair<string, object?>("outcome", outcome));
        }

        End(activity, outcome);
    }

    public void Dispose() => _activities.Dispose();

    private static void End(Activity? activity, string outcome)
    {
        if (activity is not null)
        {
            activity.SetTag("outcome", outcome);
            activity.SetStatus(outcome == Outcomes.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            activity.Dispose();
        }
    }
}
