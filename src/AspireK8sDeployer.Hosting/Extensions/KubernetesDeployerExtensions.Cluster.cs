using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.Model;

namespace Aspire.Hosting;

public static partial class KubernetesDeployerExtensions
{
    /// <summary>Deploys to the cluster that the AppHost itself runs in, as the service account of its pod.</summary>
    /// <param name="builder">The deployer.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>For a build agent that is a pod. Of several calls that name a cluster, the last one counts.</remarks>
    public static IResourceBuilder<KubernetesDeployerResource> WithInClusterConfig(this IResourceBuilder<KubernetesDeployerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new InClusterAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Deploys to a cluster by its address and a token, without a kubeconfig.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="server">The API server, for example <c>https://cluster.example.com:6443</c>.</param>
    /// <param name="token">A secret parameter with the bearer token, for example a service account's.</param>
    /// <param name="certificateAuthority">
    /// The certificate that signed the server's: PEM text, or the path of a PEM file. By default the machine's own authorities are trusted.
    /// </param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Of several calls that name a cluster, the last one counts.</remarks>
    /// <example>
    /// <code>
    /// builder.AddKubernetesDeployer("k8s")
    ///        .WithCluster("https://cluster.example.com:6443", builder.AddParameter("cluster-token", secret: true), "cluster-ca.pem");
    /// </code>
    /// </example>
    public static IResourceBuilder<KubernetesDeployerResource> WithCluster(
        this IResourceBuilder<KubernetesDeployerResource> builder,
        SettingValue<string> server,
        IResourceBuilder<ParameterResource> token,
        SettingValue<string>? certificateAuthority = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(token);

        return builder.WithAnnotation(
            new ClusterServerAnnotation(server, token.Resource, certificateAuthority), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets any setting for everything that this deployer deploys, unless a deployment sets it itself.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="configure">Changes the settings. It is called for every deployment, and whenever settings are read.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>
    /// A deployment's configuration and calls win over it, setting by setting; labels, annotations and the like are added up by their keys.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.AddKubernetesDeployer("k8s")
    ///        .WithDefaults(settings =>
    ///        {
    ///            settings.Service.Type = ServiceType.ClusterIP;
    ///            settings.Ingress.ClassName = "nginx";
    ///            settings.Labels["team"] = "ml";
    ///        });
    /// </code>
    /// </example>
    public static IResourceBuilder<KubernetesDeployerResource> WithDefaults(
        this IResourceBuilder<KubernetesDeployerResource> builder, Action<PipelineDeploymentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(configure));
    }
}
