namespace Aspire.Hosting.ApplicationModel;

public class ContainerPortReference(IResource resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    public string ValueExpression => $"{{{Resource.Name}.containerPort}}";

    public IEnumerable<object> References => [Resource];

    // What the base images of .NET listen on; a deployment target that knows better replaces the reference.
    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new("8080");
}
