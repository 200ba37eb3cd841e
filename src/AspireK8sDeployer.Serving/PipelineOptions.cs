using System.Text.Json;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Serving;

/// <summary>How pipelines are served. Set with <c>builder.AddPipelines(options => …)</c>.</summary>
public sealed class PipelineOptions
{
    private int? _maxConcurrency;
    private int? _maxQueued;

    /// <summary>Gets or sets how parameters are read and outputs written.</summary>
    /// <value>
    /// The default is a copy of the application's own HTTP options (<c>ConfigureHttpJsonOptions</c>) that is strict where
    /// those are lenient: numbers are not read from strings, unknown members and repeated members are refused,
    /// nullability and required constructor parameters count, and enums are read and written by name.
    /// </value>
    public JsonSerializerOptions SerializerOptions { get; set; } = null!; // set by PipelineJson before any other configuration

    /// <summary>Gets or sets after how long a run is cancelled when its caller does not say.</summary>
    /// <value>The default is 300 seconds.</value>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(PipelineDefaults.TimeoutSeconds);

    /// <summary>Gets or sets the longest time-out that a caller may ask for.</summary>
    /// <value>The default is one day.</value>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets the largest body of an invocation, in bytes. Larger ones are refused with 413.</summary>
    /// <value>The default is 30,000,000, as in Kestrel.</value>
    public long MaxRequestBodySize { get; set; } = 30_000_000;

    /// <summary>Gets or sets how many invocations are worked on at the same time.</summary>
    /// <value>The default is null: no limit. What the deployer says (<c>PipelineDeployment__MaxConcurrency</c>) comes first.</value>
    public int? MaxConcurrency
    {
        get => _maxConcurrency;
        set => _maxConcurrency = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one.");
    }

    /// <summary>Gets or sets how many invocations wait while as many as may are worked on. Further ones are refused with 429.</summary>
    /// <value>The default is null: as many as <see cref="MaxConcurrency"/>.</value>
    public int? MaxQueued
    {
        get => _maxQueued;
        set => _maxQueued = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not less than none.");
    }

    /// <summary>
    /// Gets or sets for how long invocations are still taken after the process was asked to stop. It is no longer ready
    /// from the first moment, but whoever sends it requests needs some time to learn that.
    /// </summary>
    /// <value>The default is 3 seconds in a Kubernetes pod and nothing elsewhere.</value>
    public TimeSpan? DrainDelay { get; set; }
}
