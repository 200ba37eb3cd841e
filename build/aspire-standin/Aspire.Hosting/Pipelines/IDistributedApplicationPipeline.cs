using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IDistributedApplicationPipeline
{
    void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null);

    void AddStep(PipelineStep step);

    void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback);

    Task ExecuteAsync(PipelineContext context);
}
