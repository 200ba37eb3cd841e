using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting;

/// <summary>How nodes get a pipeline's image. What is left alone comes from configuration, else from the default.</summary>
public sealed class ImagePullOptions
{
    /// <summary>When nodes pull. The default is the cluster's: <see cref="ImagePullPolicy.Always"/> for the tag <c>latest</c>, else when a node lacks the image.</summary>
    public SettingValue<ImagePullPolicy>? Policy { get; set; }

    /// <summary>Names of Secrets of the namespace with registry credentials. A parameter may hold several, with commas between them.</summary>
    public IReadOnlyList<SettingValue<string>>? Secrets { get; set; }
}
