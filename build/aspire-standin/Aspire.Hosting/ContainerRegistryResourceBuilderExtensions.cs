using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ContainerRegistryResourceBuilderExtensions
{
    [Experimental("ASPIRECOMPUTE003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string endpoint, string? repository = null) =>
        builder.AddRegistry(
            name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}"));

    [Experimental("ASPIRECOMPUTE003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource> endpoint,
        IResourceBuilder<ParameterResource>? repository = null) =>
        builder.AddRegistry(
            name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}"));

    [Experimental("ASPIRECOMPUTE003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<TDestination> WithContainerRegistry<TDestination, TContainerRegistry>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<TContainerRegistry> registry)
        where TDestination : IResource
        where TContainerRegistry : IResource, IContainerRegistry
    {
        ArgumentNullException.ThrowIfNull(registry);

        return builder.WithAnnotation(new ContainerRegistryReferenceAnnotation(registry.Resource));
    }

    // A registry of the model is one that every resource may push to, unless it names its own.
    private static IResourceBuilder<ContainerRegistryResource> AddRegistry(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression endpoint, ReferenceExpression? repository)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var registry = new ContainerRegistryResource(name, endpoint, repository);
        builder.Eventing.Subscribe<BeforeStartEvent>((e, _) =>
        {
            foreach (var resource in e.Model.Resources.Where(r => r != registry))
            {
                resource.Annotations.Add(new RegistryTargetAnnotation(registry));
            }

            return Task.CompletedTask;
        });

        return builder.AddResource(registry);
    }
}
