namespace AspireK8sDeployer.Hosting;

/// <summary>As whom a pipeline's pods call the Kubernetes API. What is left alone comes from configuration, else from the default.</summary>
public sealed class ServiceAccountOptions
{
    /// <summary>
    /// The ServiceAccount. The default is the namespace's own, or one that is named as the deployment when it is to be created.
    /// </summary>
    public SettingValue<string>? Name { get; set; }

    /// <summary>Whether it is created, and removed, with the deployment. The default is no.</summary>
    public SettingValue<bool>? Create { get; set; }

    /// <summary>Annotations of the ServiceAccount that is created, for example those by which a cloud gives it an identity.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>A Role of the namespace to bind to it. None by default.</summary>
    public SettingValue<string>? Role { get; set; }

    /// <summary>A ClusterRole, for example <c>view</c>, to bind to it in the namespace. None by default.</summary>
    public SettingValue<string>? ClusterRole { get; set; }

    /// <summary>Whether the pods get its token. The default is no.</summary>
    public SettingValue<bool>? MountToken { get; set; }
}
