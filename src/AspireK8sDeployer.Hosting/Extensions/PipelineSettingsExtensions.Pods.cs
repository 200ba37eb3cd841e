using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;

namespace Aspire.Hosting;

public static partial class PipelineSettingsExtensions
{
    /// <summary>Sets what the pods are besides their container: where they run, what they mount, what runs beside it.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. Lists may be added to; what it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithPodSettings(p =>
    ///        {
    ///            p.NodeSelectors["disk"] = "ssd";
    ///            p.Tolerations.Add(new V1Toleration { Key = "gpu", OperatorProperty = "Exists" });
    ///        });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithPodSettings<T>(this IResourceBuilder<T> builder, Action<PodOptions> configure)
        where T : IComputeResource => builder.With(options => options.Pod, configure);

    /// <summary>Sets when a replica gets requests.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the probe. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithReadinessProbe<T>(this IResourceBuilder<T> builder, Action<ProbeOptions> configure)
        where T : IComputeResource => builder.With(options => options.ReadinessProbe, configure);

    /// <summary>Sets when a replica is restarted.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the probe. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithLivenessProbe<T>(this IResourceBuilder<T> builder, Action<ProbeOptions> configure)
        where T : IComputeResource => builder.With(options => options.LivenessProbe, configure);

    /// <summary>Sets how long a replica may take to begin; the other probes wait for it. The default is five minutes.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the probe. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithStartupProbe(p => { p.PeriodSeconds = 5; p.FailureThreshold = 120; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithStartupProbe<T>(this IResourceBuilder<T> builder, Action<ProbeOptions> configure)
        where T : IComputeResource => builder.With(options => options.StartupProbe, configure);

    /// <summary>Runs something else than the image's entry point and arguments.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="command">What runs in place of the entry point; the image's own when left out.</param>
    /// <param name="args">The arguments in place of the image's; the image's own, or those of <c>WithArgs</c>, when left out.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment("greeter", "registry.example.com/greeter:1.4")
    ///        .WithContainerCommand(["python", "-m"], args: ["greeter", "--verbose"]);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithContainerCommand<T>(
        this IResourceBuilder<T> builder, IReadOnlyList<SettingValue<string>>? command = null, IReadOnlyList<SettingValue<string>>? args = null)
        where T : IComputeResource => builder.With(options =>
        {
            options.Command = command ?? options.Command;
            options.Args = args ?? options.Args;
        });

    /// <summary>Sets how nodes get the image.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithImagePull(i => { i.Policy = ImagePullPolicy.Always; i.Secrets = ["registry-login"]; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithImagePull<T>(this IResourceBuilder<T> builder, Action<ImagePullOptions> configure)
        where T : IComputeResource => builder.With(options => options.ImagePull, configure);
}
