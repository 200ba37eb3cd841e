using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PipelineStepFactoryExtensions
{
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, PipelineStep> factory)
        where T : IResource => builder.WithAnnotation(new PipelineStepAnnotation(factory));

    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory)
        where T : IResource => builder.WithAnnotation(new PipelineStepAnnotation(factory));

    public static IResourceBuilder<T> WithPipelineConfiguration<T>(
        this IResourceBuilder<T> builder, Action<PipelineConfigurationContext> callback)
        where T : IResource => builder.WithAnnotation(new PipelineConfigurationAnnotation(callback));
}
