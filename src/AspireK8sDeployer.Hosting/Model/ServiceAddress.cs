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
        // Whoever resolves the other deployment reports its mistakes.
        var options = OptionsResolver.Gather(deployer, endpoint.Endpoint.Resource, []);
        await options.ResolveAsync([SettingRows.Namespace, SettingRows.ServicePort], new SettingValueReader([]), cancellationToken).ConfigureAwait(false);
        var host = $"{endpoint.Endpoint.Resource.Name}.{SettingsMapper.NamespaceOf(options)}.svc";
        var port = SettingsMapper.PortOf(options).ToString(CultureInfo.InvariantCulture);
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
