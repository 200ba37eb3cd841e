using System.Diagnostics.CodeAnalysis;
using AspireK8sDeployer.Serving.Running;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving;

/// <summary>One run of a pipeline. A pipeline that has a parameter of this type is given its run.</summary>
[SuppressMessage(
    "ApiDesign",
    "RS0026:Do not add multiple public overloads with optional parameters",
    Justification = "The overloads differ in the kind of delegate, as those of Task.Run do; the optional one is the same in all.")]
public sealed class PipelineRun
{
    private readonly StepRunner _steps;
    private int _lastStep;

    internal PipelineRun(string pipelineName, string id, string name, StepRunner steps, CancellationToken cancellationToken)
    {
        PipelineName = pipelineName;
        Id = id;
        Name = name;
        _steps = steps;
        CancellationToken = cancellationToken;
    }

    /// <summary>Gets the run's id, which is in the answer and on every line of its log.</summary>
    public string Id { get; }

    /// <summary>Gets the run's name: the caller's, or one that was made up.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the pipeline.</summary>
    public string PipelineName { get; }

    /// <summary>Gets a token that is cancelled by the run's time-out, and when its caller goes away.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Gets a log for the run's own messages.</summary>
    public ILogger Logger => _steps.Logger;

    /// <summary>The steps that failed so far.</summary>
    internal FailedSteps Failures { get; } = new();

    /// <summary>Runs a step: names it in logs and traces, times it, retries and times it out as asked.</summary>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="step">The step. Its token is cancelled with the run, and by the step's own time-out.</param>
    /// <param name="options">Retries and time-out; none when null.</param>
    /// <returns>What the step gives. Await several with <see cref="Task.WhenAll{T}(Task{T}[])"/> to run them in parallel.</returns>
    public Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> step, StepOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(step);
        return _steps.RunAsync(this, name, step, static (step, token) => step(token), options);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, StepOptions?)"/>
    /// <param name="name">The step's name.</param>
    /// <param name="step">The step. When it is cancelled or timed out, it is left behind, since it cannot be told.</param>
    /// <param name="options">Retries and time-out; none when null.</param>
    public Task<T> StepAsync<T>(string name, Func<Task<T>> step, StepOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(step);
        return _steps.RunAsync(this, name, step, static (step, token) => step().WaitAsync(token), options);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, StepOptions?)"/>
    public Task StepAsync(string name, Func<CancellationToken, Task> step, StepOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(step);
        return _steps.RunAsync(this, name, step, static (step, token) => Nothing.From(step(token)), options);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{Task{T}}, StepOptions?)"/>
    public Task StepAsync(string name, Func<Task> step, StepOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(step);
        return _steps.RunAsync(this, name, step, static (step, token) => Nothing.From(step().WaitAsync(token)), options);
    }

    internal int NextStep() => Interlocked.Increment(ref _lastStep);
}
