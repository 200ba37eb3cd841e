using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.Model;

namespace Aspire.Hosting;

/// <summary>Settings of a pipeline deployment. They are checked together when it is published or deployed.</summary>
public static class PipelineSettingsExtensions
{
    /// <summary>Sets what one replica of the pipeline needs, and how many replicas there are.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="cpu">Processors of one replica, for example <c>0.5</c>; request and limit alike. The default is 1.</param>
    /// <param name="memory">Memory of one replica, for example <c>"512Mi"</c> or <c>"4GB"</c>. The default is 2GiB.</param>
    /// <param name="gpu">Number of <c>nvidia.com/gpu</c> devices of one replica.</param>
    /// <param name="minReplicas">The fewest replicas; alone it fixes their number.</param>
    /// <param name="maxReplicas">The most replicas; alone it fixes their number.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>What is left out keeps the value of an earlier call, of configuration, or its default.</remarks>
    public static IResourceBuilder<T> WithResources<T>(
        this IResourceBuilder<T> builder,
        double? cpu = null,
        string? memory = null,
        int? gpu = null,
        int? minReplicas = null,
        int? maxReplicas = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(options =>
        {
            options.Cpu = cpu ?? options.Cpu;
            options.Memory = memory ?? options.Memory;
            options.Gpu = gpu ?? options.Gpu;
            options.MinReplicas = minReplicas ?? options.MinReplicas;
            options.MaxReplicas = maxReplicas ?? options.MaxReplicas;
        }));
    }

    /// <summary>Sets how the pipeline is exposed: the kind of Service, and the one port of everything.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithService(s => { s.Type = ServiceType.NodePort; s.NodePort = 30080; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithService<T>(this IResourceBuilder<T> builder, Action<ServiceOptions> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(options => configure(options.Service)));
    }

    /// <summary>Deploys the pipeline to a namespace of its own, instead of its deployer's.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="namespace">The namespace. It is created when it is missing.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithNamespace<T>(this IResourceBuilder<T> builder, string @namespace)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(@namespace);

        return builder.WithAnnotation(new NamespaceAnnotation(ReferenceExpression.Create($"{@namespace}")), ResourceAnnotationMutationBehavior.Replace);
    }
}
