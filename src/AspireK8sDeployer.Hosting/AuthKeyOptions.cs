namespace AspireK8sDeployer.Hosting;

/// <summary>The bearer key that a pipeline's callers must show. What is left alone comes from configuration, else from the default.</summary>
public sealed class AuthKeyOptions
{
    /// <summary>Whether a key is asked for. The default is yes when one is given, else no.</summary>
    public SettingValue<bool>? Enabled { get; set; }

    /// <summary>
    /// The key; a secret parameter, which is never printed. Without it one is made with the first deploy, and kept in the cluster.
    /// </summary>
    public SettingValue<string>? Key { get; set; }
}
