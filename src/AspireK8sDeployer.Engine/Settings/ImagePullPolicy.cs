namespace AspireK8sDeployer.Engine.Settings;

/// <summary>When a node pulls the image.</summary>
public enum ImagePullPolicy
{
    /// <summary>When the node does not have it.</summary>
    IfNotPresent,

    /// <summary>Before every start.</summary>
    Always,

    /// <summary>Never; it must be there.</summary>
    Never,
}
