using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineStepFactoryContext
{
    public required PipelineContext PipelineContext { get; init; }

    public required IResource Resource { get; init; }
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineStepAnnotation : IResourceAnnotation
{
    private readonly Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> _factory;

    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, PipelineStep> factory) =>
        _factory = context => Task.FromResult<IEnumerable<PipelineStep>>([factory(context)]);

    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<PipelineStep>> factory) =>
        _factory = async context => [await factory(context)];

    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory) =>
        _factory = context => Task.FromResult(factory(context));

    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory) => _factory = factory;

    public async Task<IEnumerable<PipelineStep>> CreateStepsAsync(PipelineStepFactoryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var steps = (await _factory(context)).ToList();
        foreach (var step in steps)
        {
            step.Resource ??= context.Resource;
        }

        return steps;
    }
}
