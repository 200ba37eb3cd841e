using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

public interface IComputeEnvironmentResource : IResource
{
    [Experimental("ASPIRECOMPUTE002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) => throw new NotImplementedException();

    [Experimental("ASPIRECOMPUTE002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    ReferenceExpression GetEndpointPropertyExpression(EndpointReferenceExpression endpointReferenceExpression)
    {
        ArgumentNullException.ThrowIfNull(endpointReferenceExpression);

        var reference = endpointReferenceExpression.Endpoint;
        var endpoint = reference.EndpointAnnotation;
        var scheme = endpoint.UriScheme;
        var defaultPort = scheme switch { "http" => 80, "https" => 443, _ => (int?)null };
        var port = (endpoint.Port ?? defaultPort)?.ToString(CultureInfo.InvariantCulture)
            ?? throw new InvalidOperationException($"The endpoint '{endpoint.Name}' needs a port: the scheme '{scheme}' has no default one.");
        var portSuffix = endpoint.Port is null || endpoint.Port == defaultPort ? string.Empty : $":{port}";

        return endpointReferenceExpression.Property switch
        {
            EndpointProperty.Url => ReferenceExpression.Create($"{scheme}://{GetHostAddressExpression(reference)}{portSuffix}"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => GetHostAddressExpression(reference),
            EndpointProperty.Port => ReferenceExpression.Create($"{port}"),
            EndpointProperty.Scheme => ReferenceExpression.Create($"{scheme}"),
            EndpointProperty.HostAndPort => ReferenceExpression.Create($"{GetHostAddressExpression(reference)}:{port}"),
            EndpointProperty.TlsEnabled => ReferenceExpression.Create($"{(endpoint.TlsEnabled ? bool.TrueString : bool.FalseString)}"),
            EndpointProperty.TargetPort => endpoint.TargetPort is { } targetPort
                ? ReferenceExpression.Create($"{targetPort.ToString(CultureInfo.InvariantCulture)}")
                : ReferenceExpression.Create($"{new ContainerPortReference(reference.Resource)}"),
            var property => throw new InvalidOperationException($"An endpoint has no property '{property}'."),
        };
    }
}
