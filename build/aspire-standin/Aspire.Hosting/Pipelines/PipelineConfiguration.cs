using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineConfigurationAnnotation : IResourceAnnotation
{
    public PipelineConfigurationAnnotation(Action<PipelineConfigurationContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
    {
    }

    public PipelineConfigurationAnnotation(Func<PipelineConfigurationContext, Task> callback) =>
        Callback = callback ?? throw new ArgumentNullException(nameof(callback));

    public Func<PipelineConfigurationContext, Task> Callback { get; }
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineConfigurationContext
{
    public required IServiceProvider Services { get; init; }

    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    public required DistributedApplicationModel Model { get; init; }

    public IEnumerable<PipelineStep> GetSteps(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);

        return Steps.Where(s => s.Tags.Contains(tag));
    }

    // By name, not by reference: a resource may be exchanged for another of its name while the model is prepared.
    public IEnumerable<PipelineStep> GetSteps(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);

        return Steps.Where(s => string.Equals(s.Resource?.Name, resource.Name, StringComparison.OrdinalIgnoreCase));
    }

    public IEnumerable<PipelineStep> GetSteps(IResource resource, string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);

        return GetSteps(resource).Where(s => s.Tags.Contains(tag));
    }
}
