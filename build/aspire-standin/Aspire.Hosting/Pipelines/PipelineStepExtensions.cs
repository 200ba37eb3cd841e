using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PipelineStepExtensions
{
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        Each(steps, s => s.DependsOnSteps, step?.Name);

    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, string stepName) =>
        Each(steps, s => s.DependsOnSteps, stepName);

    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps) =>
        Each(steps, s => s.DependsOnSteps, [.. targetSteps.Select(s => s.Name)]);

    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        Each(steps, s => s.RequiredBySteps, step?.Name);

    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, string stepName) =>
        Each(steps, s => s.RequiredBySteps, stepName);

    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps) =>
        Each(steps, s => s.RequiredBySteps, [.. targetSteps.Select(s => s.Name)]);

    private static IEnumerable<PipelineStep> Each(
        IEnumerable<PipelineStep> steps, Func<PipelineStep, List<string>> relation, params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name))
            {
                foreach (var step in steps)
                {
                    relation(step).Add(name);
                }
            }
        }

        return steps;
    }
}
