using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Finds the cluster that a deployer is told to deploy to. A kubeconfig of the machine alone names none: nobody deploys to a real
/// cluster by accident.
/// </summary>
internal sealed class ClusterReader(KubernetesDeployerResource deployer, SettingValueReader values, ICollection<SettingsError> errors)
{
    private readonly IConfigurationSection _section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer));

    /// <summary>The cluster, or null when none is named.</summary>
    public async Task<ClusterConnection?> ReadAsync(CancellationToken cancellationToken)
    {
        var connection = OfConfiguration();
        foreach (var call in deployer.Annotations)
        {
            connection = call switch
            {
                KubeContextAnnotation context => OfKubeconfig(connection) with
                {
                    Context = await TextAsync(context.Context, "Context", "prod", cancellationToken).ConfigureAwait(false),
                },
                KubeconfigAnnotation file => OfKubeconfig(connection) with
                {
                    KubeconfigPath = await TextAsync(file.Path, "Kubeconfig", "/home/me/.kube/config", cancellationToken).ConfigureAwait(false),
                },
                InClusterAnnotation => new ClusterConnection { InCluster = true },
                ClusterServerAnnotation server => new ClusterConnection
                {
                    Server = await TextAsync(server.Server, "Cluster.Server", "https://cluster.example.com:6443", cancellationToken).ConfigureAwait(false),
                    Token = await TextAsync(server.Token, "Cluster.Token", "a token", cancellationToken).ConfigureAwait(false),
                    CertificateAuthority = server.CertificateAuthority is { } authority
                        ? await TextAsync(authority, "Cluster.CertificateAuthority", "/etc/ssl/cluster-ca.pem", cancellationToken).ConfigureAwait(false)
                        : null,
                },
                _ => connection,
            };
        }

        return connection;
    }

    private ClusterConnection? OfConfiguration()
    {
        var context = _section[DeployerKeys.Context];
        var kubeconfig = _section[DeployerKeys.Kubeconfig];
        var server = _section[DeployerKeys.Server];
        var inCluster = IsInCluster();
        if ((context ?? kubeconfig) is not null ? inCluster || server is not null : inCluster && server is not null)
        {
            errors.Add(new SettingsError(
                _section.Path, "names more than one cluster",
                $"keep one of {DeployerKeys.Context} (with {DeployerKeys.Kubeconfig}, if need be), {DeployerKeys.InCluster} and {DeployerKeys.Server}"));
        }

        if (server is null && (_section[DeployerKeys.Token] ?? _section[DeployerKeys.CertificateAuthority]) is not null)
        {
            errors.Add(new SettingsError(_section.Path, $"has credentials of a cluster, but not {DeployerKeys.Server}", "give its address, for example https://cluster.example.com:6443"));
        }

        return server is not null
            ? new ClusterConnection { Server = server, Token = _section[DeployerKeys.Token], CertificateAuthority = _section[DeployerKeys.CertificateAuthority] }
            : inCluster ? new ClusterConnection { InCluster = true }
            : context is not null || kubeconfig is not null ? new ClusterConnection { KubeconfigPath = kubeconfig, Context = context }
            : null;
    }

    private bool IsInCluster()
    {
        var text = _section[DeployerKeys.InCluster];
        var isKnown = SettingText.TryParse<bool>(text, out var inCluster);
        if (text is not null && !isKnown)
        {
            errors.Add(new SettingsError($"{_section.Path}:{DeployerKeys.InCluster}", $"is \"{text}\", which cannot be read", "give a value like true"));
        }

        return inCluster;
    }

    // Context and file go together; over another way to a cluster, either begins anew.
    private static ClusterConnection OfKubeconfig(ClusterConnection? connection) => connection is { InCluster: false, Server: null } ? connection : new ClusterConnection();

    private async Task<string?> TextAsync(SettingValue<string> value, string setting, string example, CancellationToken cancellationToken) =>
        (await values.ReadAsync(value, setting, example, maySecret: true, cancellationToken).ConfigureAwait(false)).OrNull();
}
