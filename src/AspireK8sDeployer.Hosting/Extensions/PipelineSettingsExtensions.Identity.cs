using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;

namespace Aspire.Hosting;

public static partial class PipelineSettingsExtensions
{
    /// <summary>Runs the pods as a ServiceAccount that is in the namespace, or is created there.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="name">The ServiceAccount.</param>
    /// <param name="configure">Changes what else there is to it: whether it is created, its annotations, roles, and token.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Without this call the pods run as the namespace's own ServiceAccount, and get no token.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithServiceAccount("greeter", a => { a.Create = true; a.ClusterRole = "view"; a.MountToken = true; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithServiceAccount<T>(
        this IResourceBuilder<T> builder, SettingValue<string> name, Action<ServiceAccountOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(name);

        return builder.WithServiceAccount(options =>
        {
            options.Name = name;
            configure?.Invoke(options);
        });
    }

    /// <summary>Sets as whom the pods call the Kubernetes API, if they do.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithServiceAccount<T>(this IResourceBuilder<T> builder, Action<ServiceAccountOptions> configure)
        where T : IComputeResource => builder.With(options => options.ServiceAccount, configure);

    /// <summary>Sets labels of every object of the deployment, besides the deployer's own, which are refused here. The pods' are those of <c>WithPodSettings</c>: a change of these restarts them.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Adds labels; those of earlier calls, configuration and the deployer stay.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithObjectLabels(labels => labels["team"] = "payments");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithObjectLabels<T>(this IResourceBuilder<T> builder, Action<IDictionary<string, SettingValue<string>>> configure)
        where T : IComputeResource => builder.With(options => options.Labels, configure);

    /// <summary>Sets annotations of every object of the deployment. The pods' are those of <c>WithPodSettings</c>: a change of these restarts them.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Adds annotations; those of earlier calls, configuration and the deployer stay.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithObjectAnnotations<T>(
        this IResourceBuilder<T> builder, Action<IDictionary<string, SettingValue<string>>> configure)
        where T : IComputeResource => builder.With(options => options.Annotations, configure);
}
