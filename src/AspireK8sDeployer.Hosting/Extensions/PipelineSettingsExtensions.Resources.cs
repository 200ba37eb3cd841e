using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting;

namespace Aspire.Hosting;

public static partial class PipelineSettingsExtensions
{
    /// <summary>Sets what one replica of the pipeline needs, and how many replicas there are.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="cpu">Processors of one replica, for example <c>0.5</c>; request and limit alike. The default is 1.</param>
    /// <param name="memory">Memory of one replica, for example <c>"512Mi"</c> or <c>"4GB"</c>; request and limit alike. The default is 2GiB.</param>
    /// <param name="gpu">Number of <c>nvidia.com/gpu</c> devices of one replica. The default is none.</param>
    /// <param name="minReplicas">The fewest replicas; alone it fixes their number. 0 needs KEDA.</param>
    /// <param name="maxReplicas">The most replicas; alone it fixes their number, above <paramref name="minReplicas"/> an autoscaler chooses.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>What is left out keeps the value of an earlier call, of configuration, or its default.</remarks>
    /// <example>
    /// <code>
    /// var replicas = builder.AddParameter("replicas");
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithResources(cpu: 2, memory: "4GB", minReplicas: replicas.Resource);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithResources<T>(
        this IResourceBuilder<T> builder,
        SettingValue<double>? cpu = null,
        SettingValue<string>? memory = null,
        SettingValue<int>? gpu = null,
        SettingValue<int>? minReplicas = null,
        SettingValue<int>? maxReplicas = null)
        where T : IComputeResource => builder.With(settings => settings.Resources, options =>
        {
            options.Cpu = cpu ?? options.Cpu;
            options.Memory = memory ?? options.Memory;
            options.Gpu = gpu ?? options.Gpu;
            options.MinReplicas = minReplicas ?? options.MinReplicas;
            options.MaxReplicas = maxReplicas ?? options.MaxReplicas;
        });

    /// <summary>Sets what the number of replicas follows, between the bounds of <c>WithResources</c>.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="metric">What is looked at.</param>
    /// <param name="target">
    /// What is kept on average: percent of the request for processors and memory, 70 by default; for concurrency and requests per second
    /// the amount of one replica, which must be given.
    /// </param>
    /// <param name="configure">Changes what else there is to autoscaling, for example <see cref="AutoscalingOptions.Autoscaler"/>.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Without this call it is 70 percent of the processors, once the fewest and the most replicas differ.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithResources(minReplicas: 1, maxReplicas: 5)
    ///        .WithAutoscaling(AutoscalingMetric.Concurrency, target: 4);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithAutoscaling<T>(
        this IResourceBuilder<T> builder, SettingValue<AutoscalingMetric> metric, SettingValue<int>? target = null, Action<AutoscalingOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(metric);

        return builder.With(settings => settings.Autoscaling, options =>
        {
            // A target belongs to its metric: 70 percent is no number of invocations.
            options.Target = target ?? (options.Metric == metric ? options.Target : null);
            options.Metric = metric;
            configure?.Invoke(options);
        });
    }

    /// <summary>Sets how the number of replicas is moved, between the bounds of <c>WithResources</c>.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithResources(minReplicas: 0, maxReplicas: 5)
    ///        .WithAutoscaling(a => { a.Autoscaler = AutoscalerKind.Keda; a.PrometheusAddress = "http://prometheus.monitoring:9090"; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithAutoscaling<T>(this IResourceBuilder<T> builder, Action<AutoscalingOptions> configure)
        where T : IComputeResource => builder.With(options => options.Autoscaling, configure);

    /// <summary>Limits how many invocations one replica works on at the same time; beyond a short queue, callers get 429.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="invocations">The most invocations, 1 or more. Without this call there is no limit.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithMaxConcurrency<T>(this IResourceBuilder<T> builder, SettingValue<int> invocations)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(invocations);

        return builder.With(options => options.MaxConcurrency = invocations);
    }

    /// <summary>Says whether a PodDisruptionBudget keeps replicas running while nodes are drained.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="enabled">Whether there is one, which there is by default. Without this call there is one as soon as there are always two replicas or more.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithPodDisruptionBudget<T>(this IResourceBuilder<T> builder, SettingValue<bool>? enabled = null)
        where T : IComputeResource => builder.With(options => options.PodDisruptionBudget = enabled ?? true);
}
