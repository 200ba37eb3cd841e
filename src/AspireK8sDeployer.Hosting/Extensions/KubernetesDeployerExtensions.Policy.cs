using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.Model;

namespace Aspire.Hosting;

public static partial class KubernetesDeployerExtensions
{
    /// <summary>Says what happens to objects that have the names of ours and were not made by us; without it the deploy is refused.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="policy">What becomes ours. An adopted object is removed with its deployment.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<KubernetesDeployerResource> WithAdoption(this IResourceBuilder<KubernetesDeployerResource> builder, AdoptionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new EngineOptionsAnnotation(options => options.Adoption = policy));
    }

    /// <summary>Overwrites what people changed by hand in what was deployed; without it the deploy is refused, and names them.</summary>
    /// <param name="builder">The deployer.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Fields that another program keeps are left to it, or refused: it would write them again.</remarks>
    public static IResourceBuilder<KubernetesDeployerResource> WithTakeOver(this IResourceBuilder<KubernetesDeployerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new EngineOptionsAnnotation(options => options.TakeOver = true));
    }

    /// <summary>Lets objects be deleted and made again when the cluster does not let a change be made to them.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="kinds">Kinds (<c>Service</c>) or objects (<c>Service/greeter</c>); all when none is named. Never what holds data.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>The plan names what is lost by it: an address, or the time until new pods are ready.</remarks>
    public static IResourceBuilder<KubernetesDeployerResource> WithReplacement(this IResourceBuilder<KubernetesDeployerResource> builder, params string[] kinds)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(kinds);

        return builder.WithAnnotation(new EngineOptionsAnnotation(options => options.Replacement = kinds.Length == 0 ? ["*"] : kinds));
    }
}
