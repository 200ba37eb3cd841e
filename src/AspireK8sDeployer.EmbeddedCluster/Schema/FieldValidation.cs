namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>What to do about fields of a body that the kind does not have, or that appear twice.</summary>
internal enum FieldValidation
{
    Ignore,

    /// <summary>Accept, and say so in a warning: what a server does when nothing else is asked.</summary>
    Warn,

    Strict,
}
