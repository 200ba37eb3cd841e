using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The name that a resource's image has in its registry, once the steps before a deploy have settled it.</summary>
public class ContainerImageReference(IResource resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public IResource Resource { get; } = resource;

    public IEnumerable<object> References => [Resource];

    public string ValueExpression => $"{{{Resource.Name}.containerImage}}";

    async ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        await ImageRegistry.RemoteNameAsync(Resource, cancellationToken);
}
