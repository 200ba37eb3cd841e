namespace AspireK8sDeployer.Hosting;

/// <summary>The HTTPRoute (Gateway API v1) from a Gateway to a pipeline. What is left alone comes from configuration, else from the default.</summary>
public sealed class GatewayOptions
{
    /// <summary>Whether there is one. The default is yes when a Gateway is named, else no.</summary>
    public SettingValue<bool>? Enabled { get; set; }

    /// <summary>The Gateway to attach to.</summary>
    public SettingValue<string>? Name { get; set; }

    /// <summary>The Gateway's namespace. The default is the deployment's own.</summary>
    public SettingValue<string>? Namespace { get; set; }

    /// <summary>The one listener to attach to. The default is all that allow it.</summary>
    public SettingValue<string>? Listener { get; set; }

    /// <summary>The DNS name that it answers, for example <c>greeter.example.com</c> or <c>*.example.com</c>. Every name of the listener by default.</summary>
    public SettingValue<string>? Host { get; set; }

    /// <summary>The path whose requests go to the pipeline, compared by whole elements from its beginning. The default is <c>/</c>.</summary>
    public SettingValue<string>? Path { get; set; }

    /// <summary>Annotations of the HTTPRoute alone.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();
}
