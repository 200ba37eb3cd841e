namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>What a process does that can be killed.</summary>
internal enum Work
{
    Deploy,
    RollBack,
    Delete,
}
