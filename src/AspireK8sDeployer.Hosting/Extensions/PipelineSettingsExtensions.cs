using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.Model;
using k8s;

namespace Aspire.Hosting;

/// <summary>
/// Settings of a pipeline deployment. They are checked together when it is published or deployed; every mistake is reported then, with
/// the call that mends it. Where a setting has a value, a parameter may stand: <c>host.Resource</c>.
/// </summary>
public static partial class PipelineSettingsExtensions
{
    /// <summary>Deploys the pipeline to a namespace of its own, instead of its deployer's.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="namespace">The namespace, a DNS label. It is created when it is missing.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithNamespace<T>(this IResourceBuilder<T> builder, string @namespace)
        where T : IComputeResource
    {
        ArgumentException.ThrowIfNullOrEmpty(@namespace);

        return builder.With(options => options.Namespace = @namespace);
    }

    /// <inheritdoc cref="WithNamespace{T}(IResourceBuilder{T}, string)"/>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="namespace">A parameter with the namespace.</param>
    public static IResourceBuilder<T> WithNamespace<T>(this IResourceBuilder<T> builder, IResourceBuilder<ParameterResource> @namespace)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(@namespace);

        return builder.With(options => options.Namespace = @namespace.Resource);
    }

    /// <summary>Asks callers for a bearer key: every path but those of health answers 401 without it.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="key">A secret parameter with the key. Without it one is made with the first deploy, and kept in the cluster.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>The key is in the Secret <c>{name}-auth</c>, and never printed. It can be changed there without a restart.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithAuthKey(builder.AddParameter("greeter-key", secret: true));
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithAuthKey<T>(this IResourceBuilder<T> builder, IResourceBuilder<ParameterResource>? key = null)
        where T : IComputeResource => builder.With(options =>
        {
            options.AuthKey.Enabled = true;
            options.AuthKey.Key = key?.Resource ?? options.AuthKey.Key;
        });

    /// <summary>Sets how long a deploy of the pipeline may take in all, until it answers.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="timeout">The time, more than none. Without this call it is 10 minutes. In configuration: <c>00:15:00</c> or <c>15m</c>.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithDeployTimeout<T>(this IResourceBuilder<T> builder, SettingValue<TimeSpan> timeout)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(timeout);

        return builder.With(options => options.DeployTimeout = timeout);
    }

    /// <summary>Puts the last revision that succeeded back when a rollout fails, or does not become ready in time.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="enabled">Whether it does, by default yes; for a deployment whose deployer's defaults say otherwise.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>
    /// The deploy still fails, with why the rollout failed first. What was seen of the failed pods is kept with the revision. A
    /// first deploy, which has nothing to go back to, is left to be looked at; so is one that was stopped.
    /// </remarks>
    public static IResourceBuilder<T> WithRollbackOnFailure<T>(this IResourceBuilder<T> builder, SettingValue<bool>? enabled = null)
        where T : IComputeResource => builder.With(options => options.RollbackOnFailure = enabled ?? true);

    /// <summary>Lets one deploy delete more, or fewer, of the objects that are not asked for any more.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="objects">How many. Without this call it is a quarter of them, and 10 in any case; a deploy that would delete more is refused.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithPruneLimit<T>(this IResourceBuilder<T> builder, int objects)
        where T : IComputeResource => builder.With(options => options.PruneLimit = objects);

    /// <summary>Deploys other objects with the pipeline: they are applied, owned and removed like its own.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="paths">Files of YAML or JSON, relative to the AppHost's folder; several objects in one are taken apart.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>More calls add more files. A file that is not there, or is no object, is reported with all other mistakes.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithAdditionalResources("k8s/volume-claim.yaml");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithAdditionalResources<T>(this IResourceBuilder<T> builder, params string[] paths)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(paths);

        return builder.With(options => options.AdditionalResources = [.. options.AdditionalResources, .. paths]);
    }

    /// <summary>Deploys other objects with the pipeline: they are applied, owned and removed like its own.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="objects">The objects, as models of KubernetesClient with their <c>ApiVersion</c> and <c>Kind</c>.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>More calls add more objects.</remarks>
    public static IResourceBuilder<T> WithAdditionalResources<T>(this IResourceBuilder<T> builder, params IKubernetesObject[] objects)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(objects);

        return builder.With(options => options.AdditionalObjects = [.. options.AdditionalObjects, .. objects]);
    }

    private static IResourceBuilder<T> With<T>(this IResourceBuilder<T> builder, Action<PipelineDeploymentOptions> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(configure));
    }

    private static IResourceBuilder<T> With<T, TOptions>(
        this IResourceBuilder<T> builder, Func<PipelineDeploymentOptions, TOptions> part, Action<TOptions> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(configure);

        return builder.With(options => configure(part(options)));
    }
}
