namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>How bad a finding is.</summary>
internal enum FindingSeverity
{
    Error,
    Warning,
    Note,
}
