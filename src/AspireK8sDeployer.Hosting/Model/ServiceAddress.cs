using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>
/// Where one deployed pipeline finds another: the Service's DNS name and its one port. Known only when settings are, so it is
/// resolved when asked.
/// </summary>
internal sealed class ServiceAddress(KubernetesDeployerResource deployer, EndpointReferenceExpression endpoint) : IValueProvider, IManifestExpressionProvider
{
    public string ValueExpression => endpoint.ValueExpression;

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var options = await OptionsResolver.ResolveAsync(deployer, endpoint.Endpoint.Resource, [], cancellationToken).ConfigureAwait(false);
        var host = $"{endpoint.Endpoint.Resource.Name}.{options.NamespaceOrDefault}.svc";
        var port = options.PortOrDefault.ToString(CultureInfo.InvariantCulture);
        return endpoint.Property switch
        {
            EndpointProperty.Url => $"http://{host}:{port}",
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => port,
            EndpointProperty.HostAndPort => $"{host}:{port}",
            EndpointProperty.Scheme => "http",
            EndpointProperty.TlsEnabled => bool.FalseString,
            var other => throw new InvalidOperationException($"The endpoint property {other} is not known."),
        };
    }
}
