using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineStep
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required Func<PipelineStepContext, Task> Action { get; init; }

    public List<string> DependsOnSteps { get; init; } = [];

    public List<string> RequiredBySteps { get; init; } = [];

    public List<string> Tags { get; init; } = [];

    public IResource? Resource { get; set; }

    public void DependsOn(string stepName) => DependsOnSteps.Add(stepName);

    public void DependsOn(PipelineStep step) => DependsOnSteps.Add(step?.Name ?? throw new ArgumentNullException(nameof(step)));

    public void RequiredBy(string stepName) => RequiredBySteps.Add(stepName);

    public void RequiredBy(PipelineStep step) => RequiredBySteps.Add(step?.Name ?? throw new ArgumentNullException(nameof(step)));

    internal PipelineStep Clone() => new()
    {
        Name = Name,
        Description = Description,
        Action = Action,
        DependsOnSteps = [.. DependsOnSteps],
        RequiredBySteps = [.. RequiredBySteps],
        Tags = [.. Tags],
        Resource = Resource,
    };
}
