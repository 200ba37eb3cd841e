using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;

namespace Aspire.Hosting;

public static partial class PipelineSettingsExtensions
{
    /// <summary>Sets how the pipeline is exposed: the kind of Service, and the one port of everything.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes the settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Without this call it is a Service of type LoadBalancer on port 8000.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithService(s => { s.Type = ServiceType.NodePort; s.NodePort = 30080; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithService<T>(this IResourceBuilder<T> builder, Action<ServiceOptions> configure)
        where T : IComputeResource => builder.With(options => options.Service, configure);

    /// <summary>Puts an Ingress in front of the pipeline.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="host">The DNS name that it answers, for example <c>"greeter.example.com"</c> or <c>"*.example.com"</c>.</param>
    /// <param name="configure">Changes what else there is to it: class, path, TLS, annotations.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>TLS needs a host and a Secret with the certificate. A second call changes what it names.</remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithIngress("greeter.example.com", i => { i.ClassName = "nginx"; i.TlsSecretName = "greeter-tls"; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithIngress<T>(this IResourceBuilder<T> builder, SettingValue<string> host, Action<IngressOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(host);

        return builder.WithIngress(options =>
        {
            options.Host = host;
            configure?.Invoke(options);
        });
    }

    /// <summary>Puts an Ingress in front of the pipeline, which answers every host unless one is set.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes its settings. What it leaves alone keeps its earlier value.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithIngress<T>(this IResourceBuilder<T> builder, Action<IngressOptions> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(configure);

        return builder.With(settings => settings.Ingress, options =>
        {
            options.Enabled = true;
            configure(options);
        });
    }

    /// <summary>Routes a Gateway's requests to the pipeline, by an HTTPRoute of the Gateway API.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="name">The Gateway.</param>
    /// <param name="configure">Changes what else there is to the route: the Gateway's namespace and listener, host, path, annotations.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithGateway("public", g => { g.Namespace = "gateways"; g.Host = "greeter.example.com"; });
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithGateway<T>(this IResourceBuilder<T> builder, SettingValue<string> name, Action<GatewayOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(name);

        return builder.WithGateway(options =>
        {
            options.Name = name;
            configure?.Invoke(options);
        });
    }

    /// <summary>Routes a Gateway's requests to the pipeline, by an HTTPRoute of the Gateway API.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="configure">Changes its settings. What it leaves alone keeps its earlier value, for example the Gateway's name.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<T> WithGateway<T>(this IResourceBuilder<T> builder, Action<GatewayOptions> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(configure);

        return builder.With(settings => settings.Gateway, options =>
        {
            options.Enabled = true;
            configure(options);
        });
    }

    /// <summary>Says whether a NetworkPolicy lets nothing into the pods but requests to the Service's port and to the metrics.</summary>
    /// <typeparam name="T">The kind of resource that serves the pipeline.</typeparam>
    /// <param name="builder">The pipeline deployment.</param>
    /// <param name="enabled">Whether there is one, which there is by default. Without this call there is none.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>It has an effect where the cluster's network enforces policies.</remarks>
    public static IResourceBuilder<T> WithNetworkPolicy<T>(this IResourceBuilder<T> builder, SettingValue<bool>? enabled = null)
        where T : IComputeResource => builder.With(options => options.NetworkPolicy = enabled ?? true);
}
