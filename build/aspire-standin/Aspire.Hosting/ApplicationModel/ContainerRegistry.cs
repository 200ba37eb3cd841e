using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public interface IContainerRegistry
{
    ReferenceExpression Name { get; }

    ReferenceExpression Endpoint { get; }

    ReferenceExpression? Repository => null;
}

[Experimental("ASPIRECOMPUTE003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class ContainerRegistryResource(string name, ReferenceExpression endpoint, ReferenceExpression? repository = null)
    : Resource(name), IContainerRegistry
{
    private readonly ReferenceExpression _endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    ReferenceExpression IContainerRegistry.Name => ReferenceExpression.Create($"{Name}");

    ReferenceExpression IContainerRegistry.Endpoint => _endpoint;

    ReferenceExpression? IContainerRegistry.Repository => repository;
}
