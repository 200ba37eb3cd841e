using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

internal sealed class DistributedApplicationPipeline : IDistributedApplicationPipeline
{
    private readonly List<PipelineStep> _steps = [.. WellKnownSteps.Create()];
    private readonly List<Func<PipelineConfigurationContext, Task>> _configurations = [];

    public void AddStep(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);

        if (_steps.Exists(s => s.Name == step.Name))
        {
            throw new InvalidOperationException($"The pipeline already has a step '{step.Name}'.");
        }

        _steps.Add(step);
    }

    public void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null) =>
        AddStep(new PipelineStep
        {
            Name = name,
            Action = action,
            DependsOnSteps = Names(dependsOn, nameof(dependsOn)),
            RequiredBySteps = Names(requiredBy, nameof(requiredBy)),
        });

    public void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback) =>
        _configurations.Add(callback ?? throw new ArgumentNullException(nameof(callback)));

    public async Task ExecuteAsync(PipelineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var target = context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step;
        await new StepRunner(context).RunAsync(await ResolveAsync(context, target));
    }

    /// <summary>What every start does first, in run mode as well.</summary>
    public async Task ExecuteBeforeStartAsync(PipelineContext context) =>
        await new StepRunner(context).RunInOrderAsync(await ResolveAsync(context, WellKnownPipelineSteps.BeforeStart));

    /// <summary>The steps to run for a target, each after what it depends on.</summary>
    public async Task<List<PipelineStep>> ResolveAsync(PipelineContext context, string? target)
    {
        // The factories and configurations run for every resolution, on fresh steps: what one changes must not reach the next.
        List<PipelineStep> steps = [.. _steps.Select(s => s.Clone())];
        foreach (var resource in context.Model.Resources)
        {
            foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>().ToArray())
            {
                steps.AddRange(await annotation.CreateStepsAsync(new PipelineStepFactoryContext { PipelineContext = context, Resource = resource }));
            }
        }

        var configuration = new PipelineConfigurationContext { Services = context.Services, Steps = steps.AsReadOnly(), Model = context.Model };
        var ofResources = context.Model.Resources.SelectMany(r => r.Annotations.OfType<PipelineConfigurationAnnotation>()).Select(a => a.Callback);
        foreach (var configure in _configurations.Concat(ofResources).ToArray())
        {
            await configure(configuration);
        }

        return StepGraph.Closure(StepGraph.Resolve(steps), target);
    }

    private static List<string> Names(object? value, string parameter) => value switch
    {
        null => [],
        string name => [name],
        IEnumerable<string> names => [.. names],
        _ => throw new ArgumentException("Give the name of a step, or several.", parameter),
    };
}
